import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '../../src/evaluate/rand-index.ts';

describe('adjustedRandIndex', () => {
  it('is 1 for the same partition under other names', () => {
    expect(adjustedRandIndex(['a', 'a', 'b', 'c'], ['x', 'x', 'y', 'z'])).toBe(1);
  });

  it('has its known value on a table done by hand', () => {
    // Pairs together: left 3 + 1 = 4 of 10, right 1 + 3 = 4, both 1 + 1 = 2; expected 1.6.
    expect(adjustedRandIndex(['a', 'a', 'a', 'b', 'b'], ['x', 'x', 'y', 'y', 'y'])).toBeCloseTo(0.4 / 2.4, 12);
  });

  it('is below 0 where partitions agree less than by chance', () => {
    expect(adjustedRandIndex(['a', 'a', 'b', 'b'], ['x', 'y', 'x', 'y'])).toBeCloseTo(-0.5, 12);
  });

  it('is 0 where one side puts everything together', () => {
    expect(adjustedRandIndex(['a', 'a', 'a', 'a'], ['x', 'x', 'y', 'y'])).toBe(0);
  });

  it('is 1 where there is nothing to disagree about', () => {
    expect(adjustedRandIndex([], [])).toBe(1);
    expect(adjustedRandIndex(['a', 'b'], ['x', 'y'])).toBe(1);
  });

  it('does not confuse names that look alike once joined', () => {
    expect(adjustedRandIndex(['a,b', 'a', 'a'], ['c', 'b,c', 'b,c'])).toBe(1);
  });
});
