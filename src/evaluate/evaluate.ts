import type { Level, ReportCluster } from '../model/report.ts';
import { isAtLeast } from '../util/level.ts';
import type { Label } from './labels.ts';
import { adjustedRandIndex } from './rand-index.ts';

/** How well the best cluster of one campaign fits it. */
export interface CampaignResult {
  readonly name: string;
  readonly accounts: number;
  readonly queries: number;
  /** Rank and level of the cluster that holds most of its accounts; null where none holds any. */
  readonly rank: number | null;
  readonly level: Level | null;
  readonly clusterAccounts: number;
  /** 0 where no cluster holds any of its accounts, as is recall. */
  readonly precision: number;
  readonly recall: number;
  /** All queries of the cluster's accounts, and those that carry its evidence. */
  readonly clusterQueries: number;
  readonly attributedQueries: number;
  /** Attributed over true queries, less 1. */
  readonly countError: number;
}

/** A cluster most of whose accounts are honest. */
export interface FalseCluster {
  readonly rank: number;
  readonly id: string;
  readonly level: Level;
  /** Its accounts by kind, the most frequent first. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** The parts of a report that an evaluation looks at. */
export interface EvaluatedRun {
  readonly clusters: readonly Pick<ReportCluster, 'rank' | 'id' | 'level' | 'accounts' | 'queries'>[];
}

type EvaluatedCluster = EvaluatedRun['clusters'][number];

/** A run held against labels. Shares are 0..1. */
export interface Evaluation {
  readonly level: Level;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Agreement of clusters and campaigns over all flagged and all campaign accounts, 1 = the same. */
  readonly adjustedRandIndex: number;
  readonly campaigns: readonly CampaignResult[];
  /** Clusters most of whose accounts are honest, by level. */
  readonly falseClusters: Readonly<Record<Level, number>>;
  /** The same clusters one by one, of every level, in the order of the report. */
  readonly falsePositives: readonly FalseCluster[];
  /** Flagged honest accounts by kind. */
  readonly falseAccounts: Readonly<Record<string, number>>;
}

/** Clusters of `level` and above count as flagged. */
export function evaluate(run: EvaluatedRun, labels: readonly Label[], level: Level = 'medium'): Evaluation {
  const labelOf = new Map(labels.map((label) => [label.accountId, label]));
  const flagged = run.clusters.filter((cluster) => isAtLeast(cluster.level, level));
  const clusterOf = new Map(
    flagged.flatMap((cluster) => cluster.accounts.ids.map((id): [string, string] => [id, cluster.id])),
  );
  const guilty = labels.filter((label) => label.label !== '');
  const caught = guilty.filter((label) => clusterOf.has(label.accountId)).length;
  const precision = ratio(caught, clusterOf.size);
  const recall = ratio(caught, guilty.length);
  const falsePositives = falsePositivesOf(run, labelOf);
  const judged = [...new Set([...clusterOf.keys(), ...guilty.map((label) => label.accountId)])];
  return {
    level,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    adjustedRandIndex: adjustedRandIndex(
      judged.map((id) => clusterOf.get(id) ?? id),
      judged.map((id) => labelOf.get(id)?.label || id),
    ),
    campaigns: campaignResults(run, guilty),
    falseClusters: countLevels(falsePositives),
    falsePositives,
    falseAccounts: falseAccounts(clusterOf.keys(), labelOf),
  };
}

function campaignResults(run: EvaluatedRun, guilty: readonly Label[]): CampaignResult[] {
  const names = [...new Set(guilty.map((label) => label.label))].sort();
  return names.map((name) => {
    const own = guilty.filter((label) => label.label === name);
    const ids = new Set(own.map((label) => label.accountId));
    const queries = own.reduce((sum, label) => sum + label.queries, 0);
    const common = (cluster: EvaluatedCluster) => cluster.accounts.ids.filter((id) => ids.has(id)).length;
    const best = run.clusters.reduce<EvaluatedCluster | undefined>((left, right) => {
      const shared = common(right);
      return shared > 0 && shared > (left === undefined ? 0 : common(left)) ? right : left;
    }, undefined);
    const shared = best === undefined ? 0 : common(best);
    const attributedQueries = best?.queries.attributed ?? 0;
    return {
      name,
      accounts: own.length,
      queries,
      rank: best?.rank ?? null,
      level: best?.level ?? null,
      clusterAccounts: best?.accounts.count ?? 0,
      precision: best === undefined ? 0 : ratio(shared, best.accounts.count),
      recall: ratio(shared, own.length),
      clusterQueries: best?.queries.total ?? 0,
      attributedQueries,
      countError: queries === 0 ? 0 : attributedQueries / queries - 1,
    };
  });
}

function falsePositivesOf(run: EvaluatedRun, labelOf: ReadonlyMap<string, Label>): FalseCluster[] {
  return run.clusters.flatMap(({ rank, id, level, accounts }) => {
    const honest = accounts.ids.filter((account) => (labelOf.get(account)?.label ?? '') === '').length;
    if (honest * 2 <= accounts.ids.length) return [];
    return [{ rank, id, level, kinds: countKinds(accounts.ids.map((account) => kindOf(labelOf.get(account)))) }];
  });
}

function countLevels(clusters: readonly FalseCluster[]): Record<Level, number> {
  const counts: Record<Level, number> = { high: 0, medium: 0, low: 0 };
  for (const { level } of clusters) counts[level] += 1;
  return counts;
}

function falseAccounts(ids: Iterable<string>, labelOf: ReadonlyMap<string, Label>): Record<string, number> {
  const honest = [...ids].map((id) => labelOf.get(id)).filter((label) => label === undefined || label.label === '');
  return countKinds(honest.map(kindOf));
}

function kindOf(label: Label | undefined): string {
  if (label === undefined) return 'not labelled';
  return label.kind || label.label || 'honest';
}

/** Numbers of equal names, the most frequent first, then by name. */
function countKinds(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)));
}

/** Nothing flagged is never wrong. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
