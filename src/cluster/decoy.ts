import type { EvidenceGraph } from './graph.ts';
import { compress } from './rows.ts';

/**
 * The same graph with the links of each detector dealt out anew by the configuration model of Chung and Lu (2002): each
 * value keeps its number of sharers, and each entity gets links in proportion to how many values it has, shared or not. A
 * stranger with an address of its own may be dealt a shared one; that only a network has shared ones is no chance.
 */
export function dealLinks(graph: EvidenceGraph, random: () => number): EvidenceGraph {
  const entities: number[] = [];
  const values: number[] = [];
  const draws = graph.valuesOfEntity.map((counts) => drawer(counts, random));
  const dealt = new Set<number>();
  for (let value = 0; value < graph.valueCount; value += 1) {
    const draw = draws[graph.valueDetector[value] ?? 0];
    const sharers = (graph.valueOffsets[value + 1] ?? 0) - (graph.valueOffsets[value] ?? 0);
    dealt.clear();
    for (let link = 0; link < sharers; link += 1) dealt.add(draw?.() ?? 0);
    for (const entity of dealt) {
      entities.push(entity);
      values.push(value);
    }
  }
  const shares = Float64Array.from(entities, (entity, link) => {
    const counts = graph.valuesOfEntity[graph.valueDetector[values[link] ?? 0] ?? 0];
    return 1 / Math.max(1, counts?.[entity] ?? 1);
  });
  const links = { entities: Int32Array.from(entities), values: Int32Array.from(values), shares };
  return { ...graph, ...compress(links, graph.entityCount, graph.valueCount) };
}

/** Draws an entity with a chance in proportion to its count. */
function drawer(counts: Int32Array, random: () => number): () => number {
  const ends = new Float64Array(counts.length);
  let total = 0;
  counts.forEach((count, entity) => {
    total += count;
    ends[entity] = total;
  });
  return () => {
    const wanted = random() * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
