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
import { groupBy } from '../util/group.ts';
import { whatWasAsked } from './asked.ts';
import { markCampaigns } from './campaigns.ts';
import { exhibit } from './exhibits.ts';
import { extractionScore, extractionSigns } from './extraction.ts';
import type { Findings } from './innocent.ts';
import { peel } from './pooled/peel.ts';
import { testPooled, testTexts } from './pooled/pooled.ts';
import { type PooledVerdict, pooledVerdict } from './pooled/verdict.ts';
import { profile, repeatsPrompts, sharesPrompts, storeMembers } from './profile.ts';
import { rank } from './rank.ts';
import { storeReported } from './reported.ts';
import { attributedQueries, detectorShares, type Stream, storeValues } from './shared-values.ts';
import {
  type AccountColumns,
  accountColumns,
  describePopulation,
  describeTraffic,
  type Population,
} from './traffic.ts';

/** Columns of calls that are read once more for the clusters. */
export const scoreColumns: readonly CanonicalColumn[] = [
  'timestamp',
  'account_id',
  'model',
  'prompt_hash',
  'request_id',
];

/** Scores, explains and ranks clusters; those that everyday life explains are left out. */
export async function score(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  evidence: Evidence,
  clusters: readonly Cluster[],
): Promise<Scored> {
  const columns = accountColumns(features);
  const accountsOf = accountsByEntity(features);
  const linked = clusters
    .filter((cluster) => linkingFamilies(cluster).size > 0)
    .sort((left, right) => right.surprise - left.surprise || right.entities.length - left.entities.length);
  const suspects = await findSuspects(context, calls, features, columns, linked, linked.map(accountsOf));
  const members = suspects.map(({ cluster }) => accountsOf(cluster));
  await storeMembers(context, features, members);
  await storeValues(
    context,
    suspects.map(({ cluster }) => cluster),
  );
  const profiles = await profile(context, calls, suspects.length);
  const shares = await detectorShares(context, calls, evidence, suspects.length);
  const attributed = await attributedQueries(
    context,
    suspects.map(({ cluster }, position) => stream(evidence, cluster, position)),
  );
  const totals = members.map((accounts) => accounts.reduce((sum, one) => sum + (columns.queries[one] ?? 0), 0));
  const asked = await whatWasAsked(context, calls, evidence, totals);
  const population = describePopulation(columns);
  const findings = suspects.map((suspect, position): Findings => {
    const found = {
      accounts: members[position] ?? new Int32Array(),
      profile: profiles[position] ?? { byDay: [], byModel: {}, byHour: [] },
      shares: shares[position] ?? [],
      asked: asked[position],
      runs: evidence.runs,
    };
    return { ...found, ...judge(suspect, found, columns, population, linked.length) };
  });
  const scored = rank(features, evidence, columns, findings, attributed, context.config.thresholds);
  await storeReported(context, features, members, scored);
  return exhibit(context, calls, features, evidence, await markCampaigns(context, evidence, scored));
}

/** What the traffic of a suspect says of it, out of `tested` clusters. */
function judge(
  { cluster, pooled }: Suspect,
  { accounts, profile }: Pick<Findings, 'accounts' | 'profile'>,
  columns: AccountColumns,
  population: Population,
  tested: number,
) {
  const traffic = describeTraffic(columns, population, accounts);
  const support = (family: Family) => cluster.families.find((candidate) => candidate.family === family);
  const signs = extractionSigns(columns, traffic, profile, support('content')?.isSupported === true);
  const worksAsOne = pooled.worksAsOne && !sharesPrompts(profile) && !repeatsPrompts(profile);
  return {
    cluster,
    pooled,
    traffic,
    support,
    signs,
    extraction: extractionScore(signs),
    worksAsOne,
    expectedFalse: expectedFalse(cluster, worksAsOne, pooled.pValue, tested),
  };
}

interface Suspect {
  readonly cluster: Cluster;
  readonly pooled: PooledVerdict;
}

/** The clusters that can be shown, without the members that their pooled traffic rules out. `accounts` are those of each. */
async function findSuspects(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  columns: AccountColumns,
  linked: readonly Cluster[],
  accounts: readonly Int32Array[],
): Promise<Suspect[]> {
  const tested = await testPooled(context, calls, features, columns, accounts);
  const candidates = linked.flatMap((cluster, position) => {
    const results = tested[position] ?? [];
    const pooled = pooledVerdict(results, linkingFamilies(cluster));
    return canBeShown(cluster, pooled, context.config)
      ? [{ cluster, results, accounts: accounts[position] ?? new Int32Array() }]
      : [];
  });
  const asked = candidates.map((candidate) => candidate.accounts);
  const onTexts = await testTexts(context, calls, features, columns, asked, accounts);
  return candidates.flatMap((candidate, position) => {
    const results = [...candidate.results, ...(onTexts[position] ?? [])];
    const pooled = pooledVerdict(results, linkingFamilies(candidate.cluster));
    const cluster = peel(candidate.cluster, columns, pooled.results);
    return cluster === undefined ? [] : [{ cluster, pooled }];
  });
}

function linkingFamilies(cluster: Cluster): Set<Family> {
  return new Set(cluster.families.filter((family) => family.isSupported).map((family) => family.family));
}

/** One family alone is shown where it is identity, where the pooled traffic works as one, or where every lead is wanted. */
function canBeShown(cluster: Cluster, pooled: PooledVerdict, { thresholds }: Config): boolean {
  const families = linkingFamilies(cluster);
  return families.size > 1 || families.has('identity') || pooled.worksAsOne || thresholds.isOneFamilyALead;
}

/**
 * Clusters of this strength that chance alone would give: by coincidence of families in the decoys, or, where one family
 * alone links the members or they work as one, by what the pooled tests say over all clusters.
 */
function expectedFalse(cluster: Cluster, worksAsOne: boolean, pooled: number, tested: number): number {
  const byPooled = Math.min(tested, tested * pooled);
  if (linkingFamilies(cluster).size < 2) return byPooled;
  return worksAsOne ? Math.min(cluster.expectedFalse, byPooled) : cluster.expectedFalse;
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

/** Gives the accounts of a cluster, sorted: all accounts of its entities. */
function accountsByEntity(features: AccountFeatures): (cluster: Cluster) => Int32Array {
  const entityOf = int32Column(features.table, 'entity');
  const accounts = groupBy(entityOf.keys(), (account) => entityOf[account] ?? 0);
  return ({ entities }) => Int32Array.from([...entities].flatMap((entity) => accounts.get(entity) ?? [])).sort();
}
