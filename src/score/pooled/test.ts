import type { Family } from '../../model/report.ts';
import type { AccountColumns } from '../traffic.ts';

/** Value of an account, or undefined where it has none that says anything. */
export type AccountValue = (account: number) => number | undefined;

/** One question asked of a cluster's pooled traffic, answered against draws of outside accounts of the same size. */
export interface PooledTest {
  readonly id: string;
  /** Family of evidence the answer belongs to; tests are independent of links of other families. */
  readonly family: Family;
  /** Whether draws take accounts of the same volume. */
  readonly matchesVolume: boolean;
  /** The account's own values that the figure is about, to tell strangers from members. */
  readonly values?: (columns: AccountColumns) => readonly AccountValue[];
  /** A sentence from the observed figure and the mean of the draws. */
  readonly explain: (observed: number, expected: number) => string;
}

/** The answer. Small p-values speak for one hidden actor. */
export interface PooledResult {
  readonly test: PooledTest;
  /** The figure of the cluster, and its mean over the draws. */
  readonly observed: number;
  readonly expected: number;
  /** Chance, 0..1, of a figure this small or smaller in a draw. */
  readonly pValue: number;
}

/**
 * One p-value from several that may depend on each other (Cauchy combination, Liu and Xie 2020). 1 for none.
 */
export function combined(pValues: readonly number[]): number {
  if (pValues.length === 0) return 1;
  // Near 0 the tangent of the complement loses every digit, while its expansion is exact.
  const sum = pValues.reduce(
    (total, p) =>
      total + (p < 1e-9 ? 1 / (Math.PI * Math.max(p, 1e-300)) : Math.tan((0.5 - Math.min(p, 1 - 1e-9)) * Math.PI)),
    0,
  );
  const statistic = sum / pValues.length;
  return statistic > 1e8 ? 1 / (Math.PI * statistic) : 0.5 - Math.atan(statistic) / Math.PI;
}
