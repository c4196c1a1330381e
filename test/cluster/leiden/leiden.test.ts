import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leiden } from '../../../src/cluster/leiden/leiden.ts';
import type { WeightedGraph } from '../../../src/cluster/leiden/weighted-graph.ts';
import { breather } from '../../../src/engine/context.ts';
import { seededRandom } from '../../../src/util/random.ts';

/** A bipartite graph of `entities` and values from pairs [entity, value], all of weight 1. */
function bipartite(entities: number, pairs: readonly (readonly [number, number])[]): WeightedGraph {
  const values = Math.max(-1, ...pairs.map(([, value]) => value)) + 1;
  const neighbours: number[][] = Array.from({ length: entities + values }, () => []);
  for (const [entity, value] of pairs) {
    neighbours[entity]?.push(entities + value);
    neighbours[entities + value]?.push(entity);
  }
  const offsets = Int32Array.from([0, ...neighbours.map((_, node) => neighbours.slice(0, node + 1).flat().length)]);
  const targets = Int32Array.from(neighbours.flat());
  const degree = (node: number) => neighbours[node]?.length ?? 0;
  return {
    nodeCount: entities + values,
    offsets,
    targets,
    weights: new Float64Array(targets.length).fill(1),
    entityStrength: Float64Array.from({ length: entities + values }, (_, node) => (node < entities ? degree(node) : 0)),
    valueStrength: Float64Array.from({ length: entities + values }, (_, node) => (node >= entities ? degree(node) : 0)),
    totalWeight: pairs.length,
    resolution: 1,
  };
}

const block = (firstEntity: number, firstValue: number, entities: number, values: number) =>
  Array.from(
    { length: entities * values },
    (_, position) => [firstEntity + Math.floor(position / values), firstValue + (position % values)] as const,
  );

/** Number of connected sets of nodes of one community each. */
function islands(graph: WeightedGraph, membership: Int32Array): number {
  const seen = new Set<number>();
  let count = 0;
  for (let start = 0; start < graph.nodeCount; start += 1) {
    if (seen.has(start)) continue;
    count += 1;
    for (const queue = [start]; queue.length > 0; ) {
      const node = queue.pop() ?? 0;
      seen.add(node);
      const targets = graph.targets.subarray(graph.offsets[node], graph.offsets[node + 1]);
      queue.push(...targets.filter((target) => !seen.has(target) && membership[target] === membership[start]));
    }
  }
  return count;
}

describe('leiden', () => {
  it('finds two blocks and keeps a stray link from joining them', async () => {
    const graph = bipartite(10, [...block(0, 0, 5, 3), ...block(5, 3, 5, 3), [0, 3]]);
    const membership = await leiden(graph, seededRandom(1), breather());
    expect(new Set(membership.subarray(0, 5)).size).toBe(1);
    expect(new Set(membership.subarray(5, 10)).size).toBe(1);
    expect(membership[0]).not.toBe(membership[5]);
  });

  it('gives the same communities for the same seed', async () => {
    const graph = bipartite(
      20,
      block(0, 0, 20, 7).filter((_, position) => position % 3 !== 0),
    );
    const once = await leiden(graph, seededRandom(5), breather());
    expect(await leiden(graph, seededRandom(5), breather())).toEqual(once);
  });

  it('never makes a community that is not connected', async () => {
    const links = fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { minLength: 60, maxLength: 140 });
    await fc.assert(
      fc.asyncProperty(links, fc.nat(1000), async (pairs, seed) => {
        const distinct = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
        const graph = bipartite(60, distinct);
        const membership = await leiden(graph, seededRandom(seed), breather());
        expect(islands(graph, membership)).toBe(new Set(membership).size);
      }),
      { numRuns: 300, seed: 11 },
    );
  });
});
