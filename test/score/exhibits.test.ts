import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountVerdict } from '../../src/model/scored.ts';
import { run } from '../../src/pipeline/run.ts';
import { digits } from '../../src/score/digits.ts';
import { chooseMembers } from '../../src/score/exhibit-members.ts';
import { timeAxis } from '../../src/score/time-axis.ts';
import { personas, writeNetwork } from '../support/network.ts';
import { fixtures, scanPaths, withContext, withDirectory, writeCsv } from '../support/world.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('the time axis', () => {
  const hourMs = 3_600_000;
  const start = Date.parse('2026-02-02T05:00:00Z');

  it.each([
    [1, 1, 6],
    [9 * 24 - 5, 3, 72],
    [28 * 24 - 5, 12, 56],
    [400 * 24, 168, 58],
    [20_000 * 24, 40 * 168, 72],
  ])('of %i hours has slots of %i hours, %i of them', (hours, slotHours, slots) => {
    const axis = timeAxis(start, start + (hours - 1) * hourMs);
    expect(axis).toEqual({ from: '2026-02-02T00:00:00.000Z', slotHours, slots });
  });
});

describe('digits', () => {
  it('tell nothing from little, and go up with the square root', () =>
    expect(digits([0, 0.001, 1, 25, 50, 100], 100)).toBe('011579'));
  it('are zeros where there is nothing at all', () => expect(digits([0, 0], 0)).toBe('00'));
});

describe('members to show', () => {
  const member = (account: number, attributedQueries: number): AccountVerdict => ({
    account,
    clusterId: 'c',
    role: 'core',
    lowerQueries: 0,
    attributedQueries,
    suspicion: 1,
  });

  it('are all of a small cluster', () => expect(chooseMembers([member(1, 5), member(2, 9)])).toHaveLength(2));

  it('are of a large one the busiest and some of all times, in their order', () => {
    const many = Array.from({ length: 20_000 }, (_, account) => member(account, account >= 19_990 ? 1000 : 1));
    const accounts = chooseMembers(many).map(({ account }) => account);
    expect(accounts).toHaveLength(48);
    expect(accounts).toEqual([...accounts].sort((left, right) => left - right));
    expect(accounts.filter((account) => account >= 19_990)).toHaveLength(10);
    for (let quarter = 0; quarter < 4; quarter += 1)
      expect(accounts.filter((account) => Math.floor(account / 5000) === quarter).length).toBeGreaterThan(4);
  });
});

describe('exhibits of the demo', async () => {
  const { report, rows } = await withContext({}, async (context) => {
    const { report, evidence } = await run(context, [join(fixtures, 'demo/export.csv.gz')]);
    return { report, rows: [...(await evidence())].map((row) => row.toJSON()) };
  });
  const { clusters, population, totals } = report;

  it('count every call of the log and of the cluster', () => {
    expect(sum(population?.byDay.map(({ count }) => count) ?? [])).toBe(totals.queries);
    expect(sum(population?.byHourOfDay ?? [])).toBe(totals.queries);
    expect(sum(population?.outputTokens?.counts ?? [])).toBe(totals.queries);
    expect(clusters.length).toBeGreaterThan(0);
    for (const { exhibits, queries, accounts } of clusters) {
      expect(sum(exhibits?.byHourOfDay ?? [])).toBe(queries.total);
      expect(sum(exhibits?.inputTokens?.counts ?? [])).toBe(queries.total);
      expect(sum(exhibits?.members.map((member) => member.queries) ?? [])).toBe(queries.total);
      expect(exhibits?.members.map(({ id }) => id).sort()).toEqual(accounts.ids);
      for (const { activity } of exhibits?.members ?? []) expect(activity).toHaveLength(population?.axis.slots ?? 0);
      for (const { use } of exhibits?.values ?? []) expect(use).toHaveLength(accounts.count);
    }
  });

  it('name the values that the evidence names', () => {
    for (const cluster of clusters)
      for (const { detector, examples } of cluster.evidence) {
        const values = cluster.exhibits?.values.filter((value) => value.detector === detector) ?? [];
        expect(values.slice(0, examples.length).map(({ text }) => text)).toEqual(examples);
      }
  });

  it('stay small', () => {
    for (const { exhibits } of clusters) expect(JSON.stringify(exhibits).length).toBeLessThan(16_000);
  });

  it('agree with the rows of evidence', () => {
    for (const { id, evidence: items } of clusters)
      for (const { detector, accounts, examples } of items) {
        // Pooled tests speak of all members and have no shared values.
        if (examples.length === 0) continue;
        const own = rows.filter((row) => row.cluster_id === id && row.detector === detector && row.role !== 'none');
        expect(new Set(own.map((row) => row.account_id)).size).toBe(accounts);
      }
  });
});

describe('a network whose members are banned and move to a new model', () => {
  const header = [
    'timestamp',
    'account_id',
    'ip',
    'payment_id',
    'system_prompt_hash',
    'model',
    'status',
    'output_tokens',
  ];

  /** Six calls of a day, three hours apart. */
  const calls = (day: number, account: string, member: number | undefined, lastStatus = 200) =>
    Array.from({ length: 6 }, (_, hour) => [
      `2026-03-0${day}T${String(3 * hour).padStart(2, '0')}:00:00Z`,
      account,
      member === undefined ? `198.51.100.${account.length}` : `203.0.113.${member % 2}`,
      member === undefined ? `card-${account}` : `card-${member % 3}`,
      member === undefined ? `own-${account}` : 'harvest',
      day < 5 ? 'old' : 'new',
      hour === 5 ? lastStatus : 200,
      member === undefined ? 10 : 1023,
    ]);

  it('is shown with the days of both', async () => {
    const strangers = Array.from({ length: 60 }, (_, number) => 's'.repeat(number + 1));
    const banned = Array.from({ length: 8 }, (_, number) => `a${number}`);
    const rows = Array.from({ length: 8 }, (_, number) => number + 1).flatMap((day) => [
      ...strangers.flatMap((name) => calls(day, name, undefined)),
      ...(day < 8 ? banned.flatMap((name, number) => calls(day, name, number, day === 7 ? 403 : 200)) : []),
      ...(day > 6 ? calls(day, 'b', 8) : []),
    ]);
    await withDirectory(async (directory) => {
      const { population, clusters } = (await scanPaths([writeCsv(directory, 'log.csv', header, rows)])).report;
      expect(population?.releases).toEqual([{ model: 'new', day: '2026-03-05' }]);
      const exhibits = clusters[0]?.exhibits;
      expect(exhibits?.lastRefusals).toEqual([{ day: '2026-03-07', count: 8 }]);
      expect(exhibits?.outputTokens).toEqual({ firstBin: 20, counts: [348] });
      expect(exhibits?.members.map(({ id }) => id)).toEqual([...banned, 'b']);
      expect(exhibits?.inputTokens).toBeUndefined();
    });
  });
});

it('exhibits name a few requests of each member', async () => {
  await withDirectory(async (directory) => {
    const log = join(directory, 'log.csv');
    writeNetwork(log, personas());
    const { report } = await scanPaths([log]);
    const members = report.clusters.flatMap(({ exhibits }) => exhibits?.members ?? []);
    expect(members.length).toBeGreaterThanOrEqual(12);
    for (const { id, requests = [] } of members) {
      expect(requests).toHaveLength(3);
      // The twelve members come first in the log, so that a request's number is its account's.
      for (const request of requests) expect(request).toMatch(new RegExp(`^r-${id.replace('member-', '')}-[0-9]+$`));
    }
  });
});
