import { type Table, tableFromArrays } from 'apache-arrow';
import type { Calls } from '../model/calls.ts';
import type { Config } from '../model/config.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { ReportTotals, RunReport } from '../model/report.ts';
import type { AccountVerdict, Scored } from '../model/scored.ts';
import { float64Column } from '../util/arrow.ts';

/** The report of a run, from what its stages found. */
export function buildReport(
  config: Config,
  calls: Calls,
  features: AccountFeatures,
  evidence: Evidence,
  scored: Scored,
): RunReport {
  return {
    schemaVersion: 1,
    tool: { name: 'stillhunt', version: config.version, configHash: config.configHash },
    inputs: calls.inputs.map(({ path, realPath, format, compression, bytes }) => ({
      path,
      format: compression === 'none' ? format : `${format}.${compression}`,
      preset: calls.formats.get(realPath)?.preset ?? null,
      bytes,
    })),
    window: {
      from: instant(float64Column(features.table, 'first_seen_ms'), Math.min),
      to: instant(float64Column(features.table, 'last_seen_ms'), Math.max),
    },
    totals: totals(calls, features, scored),
    detectors: evidence.runs.map(({ id, family, state, reason, links }) => ({
      id,
      family,
      state,
      ...(reason === undefined ? {} : { reason }),
      links,
    })),
    ...(scored.population === undefined ? {} : { population: scored.population }),
    clusters: scored.clusters,
  };
}

function totals(calls: Calls, features: AccountFeatures, scored: Scored): ReportTotals {
  const suspects = verdictByAccount(scored);
  return {
    rowsRead: calls.rowsRead,
    queries: sum(float64Column(features.table, 'queries')),
    accounts: features.count,
    rejectedRows: sum(calls.rejected.values()),
    rejectedByReason: Object.fromEntries([...calls.rejected].sort(([left], [right]) => (left < right ? -1 : 1))),
    duplicateRows: sum(calls.duplicates.values()),
    ...(calls.duplicates.size === 0 ? {} : { duplicateRowsBy: Object.fromEntries(calls.duplicates) }),
    ...(calls.others.size === 0 ? {} : { otherRows: sum(calls.others.values()) }),
    suspectAccounts: suspects.size,
    suspectQueries: sum([...suspects.values()].map(({ attributedQueries }) => attributedQueries)),
  };
}

/** A member of a ring inside a crowd is in both, and counts once, with the one ranked first. */
function verdictByAccount({ clusters, accounts }: Scored): ReadonlyMap<number, AccountVerdict> {
  const ranks = new Map(clusters.map(({ id, rank }) => [id, rank]));
  const rankOf = ({ clusterId }: AccountVerdict) => ranks.get(clusterId) ?? 0;
  const lastFirst = [...accounts].sort((left, right) => rankOf(right) - rankOf(left));
  return new Map(lastFirst.map((verdict) => [verdict.account, verdict]));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function instant(milliseconds: Float64Array, pick: (left: number, right: number) => number): string | null {
  if (milliseconds.length === 0) return null;
  return new Date(milliseconds.reduce((best, value) => pick(best, value))).toISOString();
}

/** One row an account: `AccountRow` of the model, then the account's features. */
export function buildAccounts(features: AccountFeatures, scored: Scored): Table {
  const cluster = new Array<string>(features.count).fill('');
  const role = new Array<string>(features.count).fill('none');
  const attributed = new Float64Array(features.count);
  const suspicion = new Float64Array(features.count);
  for (const verdict of verdictByAccount(scored).values()) {
    cluster[verdict.account] = verdict.clusterId;
    role[verdict.account] = verdict.role;
    attributed[verdict.account] = verdict.attributedQueries;
    suspicion[verdict.account] = verdict.suspicion;
  }
  const verdicts = tableFromArrays({ cluster_id: cluster, role, attributed_queries: attributed, suspicion });
  const order = ['account_id', 'cluster_id', 'role', 'queries', 'attributed_queries', 'suspicion'];
  const rest = features.table.schema.names
    .map(String)
    .filter((name) => !order.includes(name) && name !== 'account' && name !== 'entity');
  return features.table.assign(verdicts).select([...order, ...rest]);
}
