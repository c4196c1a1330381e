import type { RunContext } from '../engine/context.ts';
import type { Calls } from '../model/calls.ts';
import type { Cluster } from '../model/cluster.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Family } from '../model/report.ts';
import type { Scored } from '../model/scored.ts';
import { int32Column } from '../util/arrow.ts';
import { exhibit } from './exhibits.ts';
import { extractionScore, extractionSigns } from './extraction.ts';
import type { Findings } from './innocent.ts';
import { peel } from './pooled/peel.ts';
import { testPooled } from './pooled/pooled.ts';
import { type PooledVerdict, pooledVerdict } from './pooled/verdict.ts';
import { profile, storeMembers } from './profile.ts';
import { rank } from './rank.ts';
import { storeReported } from './reported.ts';
import { attributedQueries, detectorShares, storeValues } from './shared-values.ts';
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
  const found = clusters.filter((cluster) => cluster.families.some((family) => family.isSupported));
  const pooled = await testPooled(context, calls, features, columns, membersOf(features, found));
  const suspects = found.map((cluster, position) => peel(cluster, columns, pooled[position] ?? []));
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
    const linking = new Set(cluster.families.filter((family) => family.isSupported).map((family) => family.family));
    const verdict = pooledVerdict(pooled[position] ?? [], linking);
    return {
      cluster,
      accounts,
      traffic,
      profile: seen,
      extraction,
      support,
      shares: shares[position] ?? [],
      runs: evidence.runs,
      pooled: verdict,
      expectedFalse: expectedFalse(cluster, linking.size, verdict, suspects.length),
    };
  });
  const scored = rank(features, evidence, columns, findings, attributed, context.config.thresholds);
  await storeReported(context, features, members, scored);
  return exhibit(context, calls, features, evidence, scored);
}

/**
 * Clusters of this strength that chance alone would give: by coincidence of families in the decoys, or, where one family
 * alone links the members, by what the pooled tests say over all clusters they were asked about.
 */
function expectedFalse(cluster: Cluster, families: number, pooled: PooledVerdict, suspects: number): number {
  return families > 1 ? cluster.expectedFalse : Math.min(suspects, suspects * pooled.pValue);
}

/** The detectors whose values mark the campaign's own queries: its templates, else its addresses, else none (all queries count). */
function stream(evidence: Evidence, cluster: Cluster, position: number) {
  const supported = (family: Family) => cluster.families.some((one) => one.family === family && one.isSupported);
  const family = (['content', 'network'] as const).find(supported);
  const detectors = [...evidence.runs.keys()].filter((detector) => evidence.runs[detector]?.family === family);
  return { cluster: position, detectors };
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
