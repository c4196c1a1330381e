import type { Level, ReportCluster, RunReport } from '../model/report.ts';
import type { Label } from './labels.ts';
import { adjustedRandIndex } from './rand-index.ts';

const levels: readonly Level[] = ['high', 'medium', 'low'];

/** How well the best cluster of one campaign fits it. */
export interface CampaignResult {
  readonly name: string;
  readonly accounts: number;
  readonly queries: number;
  /** Rank and level of the cluster that holds most of its accounts; null where none holds any. */
  readonly rank: number | null;
  readonly level: Level | null;
  readonly clusterAccounts: number;
  readonly precision: number;
  readonly recall: number;
  readonly attributedQueries: number;
  /** Attributed over true queries, less 1. */
  readonly countError: number;
}

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
  /** Flagged honest accounts by kind. */
  readonly falseAccounts: Readonly<Record<string, number>>;
}

/** Clusters of `level` and above count as flagged. */
export function evaluate(run: RunReport, labels: readonly Label[], level: Level): Evaluation {
  const labelOf = new Map(labels.map((label) => [label.accountId, label]));
  const flagged = run.clusters.filter((cluster) => levels.indexOf(cluster.level) <= levels.indexOf(level));
  const clusterOf = new Map(
    flagged.flatMap((cluster) => cluster.accounts.ids.map((id): [string, string] => [id, cluster.id])),
  );
  const guilty = labels.filter((label) => label.label !== '');
  const caught = guilty.filter((label) => clusterOf.has(label.accountId)).length;
  const precision = ratio(caught, clusterOf.size);
  const recall = ratio(caught, guilty.length);
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
    falseClusters: falseClusters(run, labelOf),
    falseAccounts: falseAccounts(clusterOf.keys(), labelOf),
  };
}

function campaignResults(run: RunReport, guilty: readonly Label[]): CampaignResult[] {
  const names = [...new Set(guilty.map((label) => label.label))].sort();
  return names.map((name) => {
    const own = guilty.filter((label) => label.label === name);
    const ids = new Set(own.map((label) => label.accountId));
    const queries = own.reduce((sum, label) => sum + label.queries, 0);
    const common = (cluster: ReportCluster) => cluster.accounts.ids.filter((id) => ids.has(id)).length;
    const best = run.clusters.reduce<ReportCluster | undefined>((left, right) => {
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
      precision: ratio(shared, best?.accounts.count ?? 0),
      recall: ratio(shared, own.length),
      attributedQueries,
      countError: queries === 0 ? 0 : attributedQueries / queries - 1,
    };
  });
}

function falseClusters(run: RunReport, labelOf: ReadonlyMap<string, Label>): Record<Level, number> {
  const counts: Record<Level, number> = { high: 0, medium: 0, low: 0 };
  for (const cluster of run.clusters) {
    const honest = cluster.accounts.ids.filter((id) => (labelOf.get(id)?.label ?? '') === '').length;
    if (honest * 2 > cluster.accounts.count) counts[cluster.level] += 1;
  }
  return counts;
}

function falseAccounts(ids: Iterable<string>, labelOf: ReadonlyMap<string, Label>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const id of ids) {
    const label = labelOf.get(id);
    if (label !== undefined && label.label !== '') continue;
    const kind = label === undefined ? 'not labelled' : label.kind || 'honest';
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** Nothing flagged is never wrong. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}
