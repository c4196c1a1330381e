import { type Change, type ChangeKind, type ComparedCluster, type Comparison, changeKinds } from '../model/change.ts';
import type { ReportCluster, RunReport } from '../model/report.ts';
import { ConfigError } from '../util/errors.ts';

/** Two clusters are one network, or parts of it, if the larger one holds this share of the smaller one's members. */
const leastOverlap = 0.5;

/**
 * What became of the clusters of one run in another, matched by their members, since ids change with every member. Throws
 * `ConfigError` where the two runs call the same account by different names.
 */
export function compareRuns(old: RunReport, next: RunReport): Comparison {
  requireSameNames(old, next);
  const changes = groups(old.clusters, next.clusters).map(describe);
  return {
    old: comparedRun(old),
    new: comparedRun(next),
    changes: changes.sort(
      (left, right) => changeKinds.indexOf(left.change) - changeKinds.indexOf(right.change) || rank(left) - rank(right),
    ),
  };
}

/** Throws `ConfigError` where accounts of two runs cannot be matched, since their aliases are made with different keys. */
export function requireSameNames(old: RunReport, next: RunReport): void {
  if (old.redaction === next.redaction) return;
  const hint = 'redact both runs with one --salt-file, or neither';
  throw new ConfigError('the two runs call the same accounts by different names', hint);
}

/** Clusters of both runs that hang together. */
interface Group {
  readonly old: ReportCluster[];
  readonly next: ReportCluster[];
}

function groups(old: readonly ReportCluster[], next: readonly ReportCluster[]): Group[] {
  const groupOf = new Map<ReportCluster, Group>();
  for (const cluster of old) groupOf.set(cluster, { old: [cluster], next: [] });
  for (const cluster of next) groupOf.set(cluster, { old: [], next: [cluster] });
  for (const [left, right] of matches(old, next)) {
    const [kept, taken] = [groupOf.get(left), groupOf.get(right)];
    if (kept === undefined || taken === undefined || kept === taken) continue;
    kept.old.push(...taken.old);
    kept.next.push(...taken.next);
    for (const cluster of [...taken.old, ...taken.next]) groupOf.set(cluster, kept);
  }
  return [...new Set(groupOf.values())];
}

/** Pairs of an old and a new cluster of which one holds most of the other. */
export function* matches(
  old: readonly ReportCluster[],
  next: readonly ReportCluster[],
): Iterable<readonly [ReportCluster, ReportCluster]> {
  const clustersOf = new Map<string, ReportCluster[]>();
  for (const cluster of next) {
    for (const id of cluster.accounts.ids) {
      const known = clustersOf.get(id);
      if (known === undefined) clustersOf.set(id, [cluster]);
      else known.push(cluster);
    }
  }
  for (const cluster of old) {
    const common = new Map<ReportCluster, number>();
    for (const id of cluster.accounts.ids) {
      for (const other of clustersOf.get(id) ?? []) common.set(other, (common.get(other) ?? 0) + 1);
    }
    for (const [other, count] of common) {
      if (count >= leastOverlap * Math.min(cluster.accounts.ids.length, other.accounts.ids.length))
        yield [cluster, other];
    }
  }
}

function describe({ old, next }: Group): Change {
  const before = new Set(old.flatMap(({ accounts }) => accounts.ids));
  const after = new Set(next.flatMap(({ accounts }) => accounts.ids));
  const joined = [...after].filter((id) => !before.has(id)).sort();
  const left = [...before].filter((id) => !after.has(id)).sort();
  const either = before.size + joined.length;
  return {
    change: kindOf(old.length, next.length, joined.length, left.length),
    old: old.map(compared).sort((one, other) => one.rank - other.rank),
    new: next.map(compared).sort((one, other) => one.rank - other.rank),
    similarity: either === 0 ? 1 : (before.size - left.length) / either,
    joined,
    left,
  };
}

function kindOf(old: number, next: number, joined: number, left: number): ChangeKind {
  if (old === 0) return 'new';
  if (next === 0) return 'gone';
  if (old > 1) return next > 1 ? 'regrouped' : 'merged';
  if (next > 1) return 'split';
  if (joined === left) return joined === 0 ? 'unchanged' : 'changed';
  return joined > left ? 'grown' : 'shrunk';
}

function compared({ rank, id, level, accounts, queries }: ReportCluster): ComparedCluster {
  return { rank, id, level, accounts: accounts.count, attributed: queries.attributed };
}

function comparedRun({ window, tool, clusters }: RunReport) {
  return { window, configHash: tool.configHash, clusters: clusters.length };
}

/** Clusters are told in the order of the new run, those that are gone in the order of the old one. */
function rank(change: Change): number {
  return (change.new[0] ?? change.old[0])?.rank ?? 0;
}
