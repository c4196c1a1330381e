import type { RunContext } from '../engine/context.ts';
import type { Calls } from '../model/calls.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { Config } from '../model/config.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Family } from '../model/report.ts';
import type { Scored } from '../model/scored.ts';
import { int32Column } from '../util/arrow.ts';
import { markCampaigns } from './campaigns.ts';
import { exhibit } from './exhibits.ts';
import { extractionScore, extractionSigns } from './extraction.ts';
import type { Findings } from './innocent.ts';
import { peel } from './pooled/peel.ts';
import { testPooled } from './pooled/pooled.ts';
import { type PooledVerdict, pooledVerdict } from './pooled/verdict.ts';
import { profile, storeMembers } from './profile.ts';
import { rank } from './rank.ts';
import { storeReported } from './reported.ts';
import { attributedQueries, detectorShares, type Stream, storeValues } from './shared-values.ts';
import { accountColumns, describePopulation, describeTraffic } from './traffic.ts';

/** Columns of calls that are read once more for the clusters. */
export const scoreColumns: readonly CanonicalColumn[] = ['timestamp', 'account_id', 'model', 'prompt_hash'];

/** Scores, explains and ranks clusters; those that everyday life explains are left out. */
export async function score(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  evidence: Evidence,
  clusters: readonly Cluster[],
): Promise<Scored> {
  const columns = accountColumns(features);
  const found = clusters
    .filter((cluster) => linkingFamilies(cluster).size > 0)
    .sort((left, right) => right.surprise - left.surprise || right.entities.length - left.entities.length);
  const tested = await testPooled(context, calls, features, columns, membersOf(features, found));
  const verdicts = found.map((cluster, position) => pooledVerdict(tested[position] ?? [], linkingFamilies(cluster)));
  const kept = [...found.keys()].filter((position) => canBeShown(found[position], verdicts[position], context.config));
  const suspects = kept.flatMap((position) => {
    const cluster = found[position];
    return cluster === undefined ? [] : [peel(cluster, columns, verdicts[position]?.results ?? [])];
  });
  const members = membersOf(features, suspects);
  await storeMembers(context, features, members);
  await storeValues(context, suspects);
  const profiles = await profile(context, calls, suspects.length);
  const shares = await detectorShares(context, evidence, suspects.length);
  const attributed = await attributedQueries(
    context,
    evidence,
    suspects.map((cluster, position) => stream(evidence, cluster, position)),
  );
  const population = describePopulation(columns);
  const findings = suspects.map((cluster, position): Findings => {
    const accounts = members[position] ?? new Int32Array();
    const traffic = describeTraffic(columns, population, accounts);
    const seen = profiles[position] ?? { byDay: [], byModel: {}, byHour: [] };
    const support = (family: Family) => cluster.families.find((candidate) => candidate.family === family);
    const signs = extractionSigns(columns, traffic, seen, support('content')?.isSupported === true);
    const extraction = extractionScore(signs);
    const pooled = verdicts[kept[position] ?? 0] ?? pooledVerdict([], new Set());
    return {
      cluster,
      accounts,
      traffic,
      profile: seen,
      extraction,
      signs,
      support,
      shares: shares[position] ?? [],
      runs: evidence.runs,
      pooled,
      expectedFalse: expectedFalse(cluster, pooled, found.length),
    };
  });
  const scored = rank(features, evidence, columns, findings, attributed, context.config.thresholds);
  await storeReported(context, features, members, scored);
  return exhibit(context, calls, features, evidence, await markCampaigns(context, evidence, scored));
}

function linkingFamilies(cluster: Cluster): Set<Family> {
  return new Set(cluster.families.filter((family) => family.isSupported).map((family) => family.family));
}

/** One family alone is shown where it is identity, where the pooled traffic works as one, or where every lead is wanted. */
function canBeShown(cluster: Cluster | undefined, verdict: PooledVerdict | undefined, { thresholds }: Config): boolean {
  const families = cluster === undefined ? new Set<Family>() : linkingFamilies(cluster);
  return families.size > 1 || families.has('identity') || verdict?.worksAsOne === true || thresholds.isOneFamilyALead;
}

/**
 * Clusters of this strength that chance alone would give: by coincidence of families in the decoys, or, where one family
 * alone links the members or their pooled traffic works as one, by what the pooled tests say over all clusters.
 */
function expectedFalse(cluster: Cluster, pooled: PooledVerdict, tested: number): number {
  const byPooled = Math.min(tested, tested * pooled.pValue);
  if (linkingFamilies(cluster).size < 2) return byPooled;
  return pooled.worksAsOne ? Math.min(cluster.expectedFalse, byPooled) : cluster.expectedFalse;
}

/**
 * The detectors whose values mark the campaign's own queries: its templates and the shape of its calls, else its addresses,
 * else none (all queries count). The first of these families gives the lower number.
 */
function stream(evidence: Evidence, cluster: Cluster, position: number): Stream {
  const supported = (family: Family) => cluster.families.some((one) => one.family === family && one.isSupported);
  const own = (['content', 'shape'] as const).filter(supported);
  const families: readonly Family[] = own.length > 0 ? own : (['network'] as const).filter(supported);
  const detectors = (wanted: readonly Family[]) =>
    [...evidence.runs.keys()].filter((detector) => wanted.includes(evidence.runs[detector]?.family ?? 'timing'));
  return { cluster: position, lower: detectors(families.slice(0, 1)), expected: detectors(families) };
}

/** Accounts of each cluster, sorted: all accounts of its entities. */
function membersOf(features: AccountFeatures, clusters: readonly Cluster[]): Int32Array[] {
  const accountsOfEntity = new Map<number, number[]>();
  int32Column(features.table, 'entity').forEach((entity, account) => {
    const accounts = accountsOfEntity.get(entity);
    if (accounts === undefined) accountsOfEntity.set(entity, [account]);
    else accounts.push(account);
  });
  return clusters.map(({ entities }) =>
    Int32Array.from([...entities].flatMap((entity) => accountsOfEntity.get(entity) ?? [])).sort(),
  );
}
