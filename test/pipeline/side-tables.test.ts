import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { fixtures, scanPaths, withDirectory, writeCsv } from '../support/world.ts';

const demo = join(fixtures, 'demo/export.csv.gz');
const moved = ['payment_id', 'email_domain', 'org_id', 'account_type'];

/** The demo with its account columns in a table of their own. */
function split(directory: string): { log: string; users: string } {
  const records = parse(gunzipSync(readFileSync(demo)), { columns: true }) as Record<string, string>[];
  const names = Object.keys(records[0] ?? {});
  const kept = names.filter((name) => !moved.includes(name));
  const told = ['account_id', ...names.filter((name) => moved.includes(name))];
  const cells = (record: Record<string, string>, columns: readonly string[]) =>
    columns.map((name) => record[name] ?? '');
  const users = new Map(records.map((record) => [record.account_id, cells(record, told)]));
  return {
    log: writeCsv(
      directory,
      'log.csv',
      kept,
      records.map((record) => cells(record, kept)),
    ),
    users: writeCsv(directory, 'users.csv', told, [...users.values()]),
  };
}

describe('side tables', () => {
  it('give the clusters that one whole table gives', () =>
    withDirectory(async (directory) => {
      const { log, users } = split(directory);
      const whole = await scanPaths([demo]);
      const joined = await scanPaths([log], { join: [users] });
      expect(joined.report.clusters.length).toBeGreaterThan(0);
      expect(joined.report.clusters).toEqual(whole.report.clusters);
      expect(joined.report.detectors).toEqual(whole.report.detectors);
      expect((await scanPaths([log])).report.clusters).not.toEqual(whole.report.clusters);
    }));

  it('name declared entities among the innocent causes, and a cluster of one entity is none', () =>
    withDirectory(async (directory) => {
      const [first] = (await scanPaths([demo])).report.clusters;
      const ids = first?.accounts.ids ?? [];
      const declared = join(directory, 'declared.csv');
      const write = (own: readonly string[]) =>
        writeFileSync(declared, `name,kind,account_id\n${own.map((id) => `Lab,research,${id}\n`).join('')}`);
      write(ids.slice(0, 3));
      const { clusters } = (await scanPaths([demo], { declared })).report;
      const same = clusters.find((cluster) => ids.every((id) => cluster.accounts.ids.includes(id)));
      expect(same?.innocentCauses[0]).toBe(`3 of its ${same?.accounts.count} accounts are declared as Lab (research)`);
      write(ids);
      const left = (await scanPaths([demo], { declared })).report.clusters;
      expect(left.flatMap((cluster) => cluster.accounts.ids).filter((id) => ids.includes(id))).toEqual([]);
    }));
});
