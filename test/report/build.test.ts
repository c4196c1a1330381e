import { tableFromArrays } from 'apache-arrow';
import { expect, it } from 'vitest';
import type { ReportCluster } from '../../src/model/report.ts';
import type { AccountVerdict, Scored } from '../../src/model/scored.ts';
import { buildAccounts } from '../../src/report/build.ts';

const verdict = (account: number, clusterId: string): AccountVerdict => ({
  account,
  clusterId,
  role: 'core',
  lowerQueries: 0,
  attributedQueries: 10,
  suspicion: 1,
});

it('names for an account in two clusters the one ranked first', () => {
  const clusters = [
    { id: 'ring', rank: 1 },
    { id: 'crowd', rank: 2 },
  ] as ReportCluster[];
  const accounts = [verdict(0, 'crowd'), verdict(1, 'ring'), verdict(1, 'crowd')];
  const table = tableFromArrays({ account_id: ['a', 'b', 'c'], queries: Float64Array.of(10, 10, 10) });
  const rows = buildAccounts({ relation: '', table, count: 3 }, { clusters, accounts } as Scored);
  expect([...(rows.getChild('cluster_id') ?? [])]).toEqual(['crowd', 'ring', '']);
});
