import type { ReportCluster, RunReport } from '../model/report.ts';
import { UsageError } from '../util/errors.ts';
import { nearest } from '../util/nearest.ts';

/** What is to be explained: a cluster, or an account and the clusters it is in. */
export type Target =
  | { readonly kind: 'cluster'; readonly cluster: ReportCluster }
  | { readonly kind: 'account'; readonly id: string; readonly clusters: readonly ReportCluster[] };

/** Fewer characters of a cluster id would be a guess. */
const shortestPrefix = 4;

/**
 * The account of this name, or the cluster of this id, of which the beginning is enough. Throws `UsageError` where the run
 * has neither, or several clusters begin so.
 */
export function findTarget({ clusters }: RunReport, name: string): Target {
  const holding = clusters.filter(({ accounts }) => accounts.ids.includes(name));
  if (holding.length > 0) return { kind: 'account', id: name, clusters: holding };
  const beginning = clusters.filter(({ id }) => id === name || (name.length >= shortestPrefix && id.startsWith(name)));
  const [only, another] = beginning;
  if (another !== undefined) {
    const ids = beginning.map(({ id }) => id).join(', ');
    throw new UsageError(`${name}: ${beginning.length} clusters begin so`, `name one of ${ids}`);
  }
  if (only !== undefined) return { kind: 'cluster', cluster: only };
  throw new UsageError(`${name}: no cluster of this run, and in none of them`, hintFor(name, clusters));
}

function hintFor(name: string, clusters: readonly ReportCluster[]): string {
  const close = nearest(
    name,
    clusters.map(({ id }) => id),
  );
  if (close !== undefined) return `did you mean ${close}?`;
  return 'for an account that is in no cluster, see scan --seed-account';
}
