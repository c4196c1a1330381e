import { leastSimilarity } from '../mine/learn.ts';
import { hashes, nearDuplicates } from '../mine/near-duplicates.ts';

/** Items of a set. */
const setSize = 120;

export interface RecallPoint {
  /** Jaccard similarity of the two sets of a pair, 0..1. */
  readonly similarity: number;
  /** Share of pairs that meet. */
  readonly measured: number;
  /** Chance that so many of 64 hashes agree; that none of the 32 bands then does is below 10^-9. */
  readonly expected: number;
}

/** How many of so many made pairs of sets meet in the search for near-duplicates, by how much they resemble each other. */
export function recallCurve(similarities: readonly number[], pairs: number): RecallPoint[] {
  return similarities.map((wanted) => {
    const common = Math.round((2 * setSize * wanted) / (1 + wanted));
    const similarity = common / (2 * setSize - common);
    const perPair = 2 * setSize - common;
    const items = Array.from({ length: pairs }, (_, pair) => [
      ...Array.from({ length: setSize }, (_, item) => pair * perPair + item),
      ...Array.from({ length: setSize }, (_, item) => (pair + 1) * perPair - 1 - item),
    ]).flat();
    const starts = Int32Array.from({ length: 2 * pairs + 1 }, (_, set) => set * setSize);
    const leaders = nearDuplicates({ starts, items: Int32Array.from(items) }, leastSimilarity, 1);
    const met = Array.from({ length: pairs }, (_, pair) => leaders[2 * pair + 1] === 2 * pair);
    return {
      similarity,
      measured: met.filter(Boolean).length / pairs,
      expected: binomialAtLeast(Math.ceil(leastSimilarity * hashes), hashes, similarity),
    };
  });
}

function binomialAtLeast(least: number, trials: number, chance: number): number {
  let probability = (1 - chance) ** trials;
  let below = 0;
  for (let hits = 0; hits < least; hits += 1) {
    below += probability;
    probability *= ((trials - hits) / (hits + 1)) * (chance / (1 - chance));
  }
  return 1 - below;
}
