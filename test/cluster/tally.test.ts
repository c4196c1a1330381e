import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tally } from '../../src/cluster/tally.ts';

const additions = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: -3, max: 3 })));

describe('Tally', () => {
  it('sums up by number, numbers in the order in which they came, and forgets all when cleared', () => {
    const tally = new Tally(10);
    fc.assert(
      fc.property(additions, (pairs) => {
        tally.clear();
        const sums = new Map<number, number>();
        for (const [number, amount] of pairs) {
          tally.add(number, amount);
          sums.set(number, (sums.get(number) ?? 0) + amount);
        }
        expect([...tally.numbers.subarray(0, tally.count)]).toEqual([...sums.keys()]);
        expect([...sums.keys()].map((_, position) => tally.sumAt(position))).toEqual([...sums.values()]);
        for (let number = 0; number < 10; number += 1) expect(tally.sumOf(number)).toBe(sums.get(number) ?? 0);
      }),
    );
  });
});
