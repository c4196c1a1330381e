import { describe, expect, it } from 'vitest';
import { MemberUse } from '../../src/cluster/member-use.ts';
import { graphOf } from './graph-of.ts';

/** Value 0 is used by entities 0 to 2, value 1 by 1 to 4, value 2 by 4 alone. */
const graph = graphOf(5, [
  [0, 0],
  [1, 0],
  [2, 0],
  [1, 1],
  [2, 1],
  [3, 1],
  [4, 1],
  [4, 2],
]);

describe('MemberUse', () => {
  it('counts sharers and shares of the members, and forgets the set before', () => {
    const use = new MemberUse(graph);
    use.count(Int32Array.of(1, 2, 4));
    use.count(Int32Array.of(0, 1));
    expect([0, 1, 2].map((value) => use.sharersOf(value))).toEqual([2, 1, 0]);
    expect([0, 1, 2].map((value) => use.sharesOf(value))).toEqual([2, 1, 0]);
    expect([0, 1, 2, 3, 4].filter((entity) => use.isMember(entity))).toEqual([0, 1]);
  });

  it('owns values that two members and half of all users have, and asks their other users', () => {
    const use = new MemberUse(graph);
    use.count(Int32Array.of(4, 3));
    expect([...use.ownedValues()]).toEqual([1]);
    expect([...use.candidates()]).toEqual([1, 2, 3, 4]);
    use.count(Int32Array.of(4));
    expect([...use.ownedValues()]).toEqual([]);
    expect([...use.candidates()]).toEqual([4]);
  });
});
