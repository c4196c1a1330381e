import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { explainAccount } from '../../src/explain/account.ts';
import { explainCluster } from '../../src/explain/cluster.ts';
import { neededFamilies, oddsOf } from '../../src/explain/odds.ts';
import { findTarget } from '../../src/explain/target.ts';
import { timeline } from '../../src/explain/timeline.ts';
import type { ReportCluster } from '../../src/model/report.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { named, runOf } from '../compare/runs.ts';

const ids = named('a', 0, 4);
const odds = {
  prior: -4,
  families: { identity: [6, 6, 1, -1], content: [3, 5, 2, -1], network: [-1, 0, 3, 0] },
};

function withOdds(): { run: ReturnType<typeof runOf>; cluster: ReportCluster } {
  const run = runOf([{ ids }, { ids: named('b', 0, 3) }]);
  const [first, ...rest] = run.clusters;
  if (first === undefined) throw new Error('the run has a cluster');
  const [item] = first.evidence;
  if (item === undefined) throw new Error('the cluster has evidence');
  const evidence = (['identity', 'content'] as const).map((family) => ({ ...item, family }));
  const cluster = { ...first, evidence, accounts: { ...first.accounts, odds } };
  return { run: { ...run, clusters: [cluster, ...rest] }, cluster };
}

const style = { width: 80, paint: plainPaint };

describe('a name', () => {
  const { run, cluster } = withOdds();
  it('is an account before it is a cluster', () => {
    expect(findTarget(run, 'a01')).toEqual({ kind: 'account', id: 'a01', clusters: [cluster] });
    expect(findTarget(run, cluster.id)).toEqual({ kind: 'cluster', cluster });
    expect(findTarget(run, cluster.id.slice(0, 8))).toEqual({ kind: 'cluster', cluster });
  });

  it.each([
    ['c-0000', /2 clusters begin so; name one of c-/],
    ['c-000004000009', /no cluster of this run.*did you mean c-000004000000/],
    ['nobody', /no cluster of this run.*--seed-account/],
  ])('%s is refused', (name, message) => {
    const refuse = (): string => {
      try {
        findTarget(run, name);
      } catch (error) {
        return error instanceof Error && 'hint' in error ? `${error.message}; ${String(error.hint)}` : '';
      }
      return 'nothing was refused';
    };
    expect(refuse()).toMatch(message);
  });
});

describe('why an account is in a cluster', () => {
  const { run, cluster } = withOdds();
  const text = (id: string) => explainAccount(run, id, [cluster], style).join('\n');

  it('is told with its numbers, what speaks most first', () => {
    expect(oddsOf(cluster, 'a01')).toEqual({
      prior: -4,
      families: [
        ['identity', 6],
        ['content', 5],
        ['network', 0],
      ],
      sum: 7,
    });
    expect(text('a01')).toMatch(/identity +\+6\.0 +for: shared-payment/);
    expect(text('a00')).toMatch(/network +-1\.0 +against/);
    expect(text('a00')).toMatch(/sum +\+4\.0 +above 0: a member/);
  });

  it.each([
    ['a00', ['identity'], 'Without its identity evidence'],
    ['a01', ['identity', 'content'], 'Without its identity and content evidence'],
    ['a03', [], 'Nothing: it is here only because its declared owner'],
  ])('%s would drop out without %j', (id, needed, sentence) => {
    const own = oddsOf(cluster, id);
    expect(own === undefined ? [] : neededFamilies(own)).toEqual(needed);
    expect(text(id)).toContain(sentence);
  });
});

describe('why a cluster is one', () => {
  const { run, cluster } = withOdds();
  const text = explainCluster(run, cluster, style).join('\n');

  it('is told with what speaks against it and what would dissolve it', () => {
    expect(text).toContain(`${cluster.id}: high`);
    for (const part of ['strongest evidence first', 'Innocent causes', 'Chance', 'When', 'Members'])
      expect(text).toContain(part);
    expect(text).toContain('Without its identity evidence 2 of 4 would stay.');
    expect(text).toContain('Without its content evidence 2 of 4 would stay.');
  });

  it.each([80, 200])('fits %i columns, in colour too', (width) => {
    const lines = explainCluster(run, cluster, { width, paint: new Chalk({ level: 1 }) });
    expect(Math.max(...lines.map((line) => stripVTControlCharacters(line).length))).toBeLessThanOrEqual(width);
  });

  it('lets no text from the log act on the terminal', () => {
    const hostile = 'x\u001b[2J\u202e\n'.repeat(200);
    const evidence = cluster.evidence.map((one) => ({ ...one, examples: [hostile] }));
    const poisoned = {
      ...cluster,
      evidence,
      queries: { ...cluster.queries, byModel: { [hostile]: 1 } },
      accounts: { ...cluster.accounts, ids: [hostile, ...ids.slice(1)] },
    };
    const all = [...explainCluster(run, poisoned, style), ...explainAccount(run, hostile, [poisoned], style)];
    expect(all.join('')).not.toMatch(/[\u001b\u202e\n]/);
  });
});

describe('what a run shows of a cluster one by one', () => {
  const { run, cluster } = withOdds();
  const [day] = cluster.queries.byDay;
  const exhibits = {
    byHourOfDay: [],
    activity: '09',
    members: [{ id: 'a01', role: 'core', queries: 40, attributed: 30, activity: '0259' } as const],
    values: [
      { detector: 'shared-payment', text: cluster.evidence[0]?.examples[0] ?? '', accounts: 4, outsiders: 1, use: '9' },
      { detector: 'shared-template', text: 'not used by a01', accounts: 2, outsiders: 0, use: '0' },
    ],
  };
  const shown = { ...cluster, exhibits };

  it('is told of an account: what it sends, when, and with whom it shares what', () => {
    const text = explainAccount(run, 'a01', [shown], style).join('\n');
    expect(text).toContain("40 queries, 30 of them the campaign's own; it is in the core.");
    expect(text).toContain('    ·▂▅█\n');
    expect(text).toContain('with 3 other members and 1 outsider (shared-payment)');
    expect(text).not.toContain('not used by a01');
  });

  it('is told of the cluster: who uses its values, and when everybody else calls', () => {
    const population = {
      byDay: [{ day: day?.day ?? '', count: 12_345_678 }],
      byHourOfDay: [],
      axis: { from: run.window.from ?? '', slotHours: 4, slots: 0 },
      activity: '',
      releases: [],
    };
    const text = explainCluster({ ...run, population }, shown, style).join('\n');
    expect(text).toContain(': 4 members, 1 outsider');
    expect(text).toMatch(/all accounts on the same days\n.*\n.*12,345,678 queries/);
  });
});

describe('a timeline', () => {
  const day = (number: number, count: number) => ({ day: `2026-03-${String(number).padStart(2, '0')}`, count });

  it('has a block a day, the days without calls too, and names the peak', () => {
    expect(timeline([day(1, 1), day(2, 8), day(5, 4)], { width: 80 })).toEqual([
      '    ▁█··▄',
      '    01 Mar – 05 Mar; most on 02 Mar: 8 queries',
    ]);
  });

  it('puts days together where there are too many', () => {
    const [blocks = '', legend] = timeline([day(1, 1), day(30, 1)], { width: 14 });
    expect([...blocks.trim()]).toHaveLength(10);
    expect(legend).toContain('3 days a block');
  });

  it('is nothing without calls', () => expect(timeline([], { width: 80 })).toEqual([]));
});

it('a cluster and an account come with requests to look up in the log, whatever their ids hold', () => {
  const { run, cluster } = withOdds();
  const member = { id: 'a01', role: 'core' as const, queries: 90, attributed: 80, activity: '0' };
  const exhibits = {
    byHourOfDay: [],
    activity: '0',
    members: [{ ...member, requests: ['req-1', 'req-\u001b[2J2'] }],
    values: [],
  };
  const axis = { from: '2026-02-02T00:00:00.000Z', slotHours: 12, slots: 1 };
  const population = { byDay: [], byHourOfDay: [], axis, activity: '0', releases: [] };
  const shown = { ...cluster, exhibits };
  const whole = { ...run, population };
  expect(explainCluster(whole, shown, style).join('\n')).toContain('req-1 of a01');
  const account = explainAccount(whole, 'a01', [shown], style).join('\n');
  expect(account).toContain('request req-1');
  expect(account).not.toContain('\u001b');
});
