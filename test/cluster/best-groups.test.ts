import { describe, expect, it } from 'vitest';
import { bestGroups } from '../../src/cluster/best-groups.ts';

const population = 1000;

/** A group of these entities, each with so many nats of content and of shape; `shapeHolds` says whether shape holds most. */
function group(from: number, count: number, content: number, shape = 0, shapeHolds = true) {
  const support = { present: count, covered: count, values: 1, topShare: 1, logOdds: 0 };
  return {
    entities: Int32Array.from({ length: count }, (_, position) => from + position),
    familyLogOdds: Float64Array.from({ length: 2 * count }, (_, place) => (place % 2 === 0 ? content : shape)),
    families: [
      { ...support, family: 'content' as const, isSupported: true },
      { ...support, family: 'shape' as const, isSupported: shapeHolds },
    ],
  };
}

describe('bestGroups', () => {
  it('keeps two networks apart that a few in common join', () => {
    const first = group(0, 20, 5);
    const second = group(20, 10, 5);
    expect(bestGroups([group(0, 34, 4.8), first, second], population)).toEqual([second, first]);
  });

  it('takes a network as one where its parts say less of their members', () => {
    const whole = group(0, 34, 5);
    expect(bestGroups([group(0, 20, 4.8), whole, group(20, 10, 4.8)], population)).toEqual([whole]);
  });

  it('takes the whole where a small part of it has one more thing in common', () => {
    const whole = group(0, 100, 6);
    expect(bestGroups([whole, group(0, 10, 5, 5)], population)).toEqual([whole]);
  });

  it('leaves a ring beside the crowd around it where a family holds the ring that does not hold the crowd', () => {
    const ring = group(0, 6, 5, 8);
    const crowd = group(0, 200, 6, -0.1, false);
    expect(bestGroups([crowd, ring], population)).toEqual([ring, crowd]);
    expect(bestGroups([group(0, 200, 6, 3), ring], population)).toHaveLength(1);
    expect(bestGroups([crowd, group(0, 6, 3, 2)], population)).toEqual([crowd]);
  });

  it('gives nothing for what only a corner of a group has in common', () => {
    const parts = [group(0, 20, 5), group(20, 20, 5)];
    expect(bestGroups([...parts, group(0, 40, 4, 3, false)], population)).toEqual(parts);
  });

  it('keeps one of two that are the same', () => {
    expect(bestGroups([group(0, 20, 5), group(0, 20, 5)], population)).toHaveLength(1);
  });

  it('leaves alone what overlaps by less than half', () => {
    const both = [group(0, 20, 5), group(15, 20, 5)];
    expect(bestGroups(both, population)).toEqual(both);
  });
});
