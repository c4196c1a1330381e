import { expect, it } from 'vitest';
import { findCommunities } from '../../src/cluster/communities.ts';
import { linkWeights } from '../../src/cluster/weighted.ts';
import { breather } from '../../src/engine/context.ts';
import { seededRandom } from '../../src/util/random.ts';
import { graphOf } from './graph-of.ts';

it.each([400, 4000])('keeps %i small groups apart that stray links join, however large the rest is', async (groups) => {
  const size = 5;
  const inGroups = Array.from({ length: groups * size * 2 }, (_, link) => {
    const entity = Math.floor(link / 2);
    return [entity, Math.floor(entity / size) * 2 + (link % 2)] as const;
  });
  const chain = Array.from({ length: groups - 1 }, (_, group) => [group * size, (group + 1) * 2] as const);
  const graph = graphOf(groups * size, [...inGroups, ...chain]);
  const found = await findCommunities(graph, linkWeights(graph), seededRandom(1), breather());
  expect(found.length).toBe(groups);
  expect(new Set(found.map((community) => community.length))).toEqual(new Set([size]));
});

it('leaves out pairs, which are no network', async () => {
  const graph = graphOf(5, [
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 1],
    [4, 1],
  ]);
  const found = await findCommunities(graph, linkWeights(graph), seededRandom(1), breather());
  expect(found.map((community) => [...community])).toEqual([[2, 3, 4]]);
});
