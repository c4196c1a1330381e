import { expect, it } from 'vitest';
import { findCommunities } from '../../src/cluster/communities.ts';
import type { EvidenceGraph } from '../../src/cluster/graph.ts';
import { compress } from '../../src/cluster/rows.ts';
import { linkWeights } from '../../src/cluster/weighted.ts';
import { breather } from '../../src/engine/context.ts';
import { seededRandom } from '../../src/util/random.ts';

/** A graph of one family whose values all weigh the same. */
function graphOf(entityCount: number, pairs: readonly (readonly [number, number])[]): EvidenceGraph {
  const valueCount = Math.max(...pairs.map(([, value]) => value)) + 1;
  const links = {
    entities: Int32Array.from(pairs, ([entity]) => entity),
    values: Int32Array.from(pairs, ([, value]) => value),
    shares: new Float64Array(pairs.length).fill(1),
  };
  return {
    entityCount,
    valueCount,
    population: entityCount,
    entityNumber: Int32Array.from({ length: entityCount }, (_, entity) => entity),
    ...compress(links, entityCount, valueCount),
    valueDetector: new Int32Array(valueCount),
    families: ['network'],
    valueFamily: new Int32Array(valueCount),
    familyCount: 1,
    valueWeight: new Float64Array(valueCount).fill(1),
    present: new Int32Array(entityCount).fill(1),
    presentShare: Float64Array.of(1),
    valuesOfEntity: [new Int32Array(entityCount).fill(1)],
    stratum: new Int32Array(entityCount),
  };
}

it('keeps small groups apart that one stray link joins, however large the rest is', async () => {
  const groups = 400;
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
