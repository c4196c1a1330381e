import { describe, expect, it } from 'vitest';
import { recallCurve } from '../../src/bench/recall-curve.ts';
import { nearDuplicates } from '../../src/mine/near-duplicates.ts';

/** Leaders of sets that are given as ranges of numbers, from first to last. */
function leadersOf(ranges: readonly (readonly [first: number, last: number])[], fewestItems = 1): number[] {
  const sets = ranges.map(([first, last]) => Array.from({ length: last - first + 1 }, (_, item) => first + item));
  const starts = new Int32Array(sets.length + 1);
  sets.forEach((set, position) => {
    starts[position + 1] = (starts[position] ?? 0) + set.length;
  });
  return [...nearDuplicates({ starts, items: Int32Array.from(sets.flat()) }, 0.4, fewestItems)];
}

describe('the search for near-duplicates', () => {
  it('puts sets that overlap behind the first of them, and leaves others alone', () =>
    expect(
      leadersOf([
        [0, 99],
        [10, 109],
        [500, 599],
        [0, 79],
      ]),
    ).toEqual([0, 0, 2, 0]));
  it('hands no likeness on from follower to follower', () =>
    expect(
      leadersOf([
        [0, 99],
        [30, 129],
        [70, 169],
      ]),
    ).toEqual([0, 0, 2]));
  it('leaves out sets of too few items', () =>
    expect(
      leadersOf(
        [
          [0, 99],
          [0, 4],
        ],
        6,
      ),
    ).toEqual([0, -1]));
  it('finds as many pairs as its hashes should', () => {
    for (const { measured, expected } of recallCurve([0.3, 0.5, 0.7], 500))
      expect(Math.abs(measured - expected)).toBeLessThan(0.04);
  });
});
