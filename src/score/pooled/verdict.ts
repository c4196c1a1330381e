import type { Family } from '../../model/report.ts';
import { interchangeableWork } from './interchangeable-work.ts';
import { combined, type PooledResult } from './test.ts';
import { textTests } from './text-tests.ts';

/** A single test speaks where chance gives its figure less often than this. */
export const rejection = 0.001;

/** Tests that have to speak, and their share: a launch day or a common schedule alone makes strangers alike in one thing. */
const fewestRejections = 2;
const fewestShare = 0.6;

/** Users of a product have its prompts, and calls as long as it makes them. */
const comesWithProduct: ReadonlySet<Family> = new Set(['content', 'shape']);

/** What the pooled tests say of a cluster together. */
export interface PooledVerdict {
  readonly results: readonly PooledResult[];
  /**
   * Most of the tests reject that these are unrelated customers, and none says that they share their work or that each does
   * work of its own kind.
   */
  readonly worksAsOne: boolean;
  /**
   * Any account's prompts could be any other's, and another test speaks too, of a family that neither linked the cluster nor
   * comes with a product, whose users have topics of their own. Only where the log has texts.
   */
  readonly isInterchangeable: boolean;
  /** They send each other's prompts more than strangers do, and their calls are as unlike as strangers'. */
  readonly actsAsCrowd: boolean;
  /** Chance, 0..1, of such answers for unrelated customers, from the tests of families that did not link the cluster. */
  readonly pValue: number;
}

/** `linking` are the families whose links made the cluster: their tests cannot be news about it. */
export function pooledVerdict(results: readonly PooledResult[], linking: ReadonlySet<Family>): PooledVerdict {
  // They say whether a story about products fits, not whether members are one: a firm's accounts are interchangeable too.
  const isOnTexts = ({ test }: PooledResult) => textTests.some(({ id }) => id === test.id);
  const news = results.filter((result) => !linking.has(result.test.family) && !isOnTexts(result));
  const rejected = news.filter((result) => result.pValue < rejection);
  const needed = Math.max(fewestRejections, Math.ceil(fewestShare * news.length));
  return {
    results,
    isInterchangeable:
      rejected.some(({ test }) => !comesWithProduct.has(test.family)) &&
      results.some(({ test, pValue }) => test.id === interchangeableWork.id && pValue < rejection) &&
      !results.some(sharesWork),
    worksAsOne: rejected.length >= needed && !results.some(sharesWork) && !results.some(differsInWork),
    actsAsCrowd: results.some(sharesWork) && results.some(differsInWork),
    pValue: combined(news.map((result) => result.pValue)),
  };
}

/** Members repeat each other's prompts more than strangers do: a class or a benchmark rather than a queue dealt out. */
export function sharesWork({ test, pValue }: PooledResult): boolean {
  return test.id === 'dealt-out-work' && pValue > 0.99;
}

/**
 * Calls are as unlike from member to member as those of strangers: whoever was made to register and to work at one time, as
 * a class is, need not work off one queue.
 */
function differsInWork(result: PooledResult): boolean {
  return result.test.id === 'alike-calls' && isOrdinary(result);
}

/** Chance gives such a figure often. */
export function isOrdinary({ pValue }: PooledResult): boolean {
  return pValue > 0.1;
}
