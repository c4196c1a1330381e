import type { Family } from '../../model/report.ts';
import { combined, type PooledResult } from './test.ts';

/** A single test speaks where chance gives its figure less often than this. */
export const rejection = 0.001;

/** Tests that have to speak, and their share: a launch day or a common schedule alone makes strangers alike in one thing. */
const fewestRejections = 2;
const fewestShare = 0.6;

/** What the pooled tests say of a cluster together. */
export interface PooledVerdict {
  readonly results: readonly PooledResult[];
  /** Most of the tests reject that these are unrelated customers, and none says that they share their work. */
  readonly worksAsOne: boolean;
  /** Chance, 0..1, of such answers for unrelated customers, from the tests of families that did not link the cluster. */
  readonly pValue: number;
}

/** `linking` are the families whose links made the cluster: their tests cannot be news about it. */
export function pooledVerdict(results: readonly PooledResult[], linking: ReadonlySet<Family>): PooledVerdict {
  const news = results.filter((result) => !linking.has(result.test.family));
  const rejected = news.filter((result) => result.pValue < rejection);
  const needed = Math.max(fewestRejections, Math.ceil(fewestShare * news.length));
  return {
    results,
    worksAsOne: rejected.length >= needed && !results.some(sharesWork),
    pValue: combined(news.map((result) => result.pValue)),
  };
}

/** Members repeat each other's prompts more than strangers do: a class or a benchmark rather than a queue dealt out. */
export function sharesWork({ test, pValue }: PooledResult): boolean {
  return test.id === 'dealt-out-work' && pValue > 0.99;
}
