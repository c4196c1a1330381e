import type { EvidenceGraph } from './graph.ts';
import { compress, type Links, orderBy } from './rows.ts';
import { Tally } from './tally.ts';

/**
 * The same graph with the links of each detector dealt out anew by the configuration model of Chung and Lu (2002): each
 * value keeps its number of sharers in each stratum, and within its stratum each entity gets links in proportion to how many
 * values it has, shared or not. A stranger with an address of its own may be dealt a shared one; that only a network has
 * shared ones is no chance.
 */
export function dealLinks(graph: EvidenceGraph, random: () => number): EvidenceGraph {
  const entities = new Int32Array(graph.valueEntities.length);
  const values = new Int32Array(graph.valueEntities.length);
  const draws = graph.valuesOfEntity.map((counts) => drawers(counts, graph.stratum, random));
  const dealt = new Tally(graph.entityCount);
  let count = 0;
  for (let value = 0; value < graph.valueCount; value += 1) {
    const draw = draws[graph.valueDetector[value] ?? 0];
    dealt.clear();
    for (let link = graph.valueOffsets[value] ?? 0; link < (graph.valueOffsets[value + 1] ?? 0); link += 1) {
      const sharer = graph.valueEntities[link] ?? 0;
      dealt.add(draw?.[graph.stratum[sharer] ?? 0]?.() ?? sharer, 1);
    }
    entities.set(dealt.numbers.subarray(0, dealt.count), count);
    values.fill(value, count, count + dealt.count);
    count += dealt.count;
  }
  const links = linksOf(graph, entities.subarray(0, count), values.subarray(0, count));
  return { ...graph, ...compress(links, graph.entityCount, graph.valueCount) };
}

/** Each entity's queries are divided evenly among its values of a detector. */
function linksOf(graph: EvidenceGraph, entities: Int32Array, values: Int32Array): Links {
  const shares = new Float64Array(entities.length);
  entities.forEach((entity, link) => {
    const counts = graph.valuesOfEntity[graph.valueDetector[values[link] ?? 0] ?? 0];
    shares[link] = 1 / Math.max(1, counts?.[entity] ?? 1);
  });
  return { entities, values, shares };
}

/** For each stratum, what draws an entity of it with a chance in proportion to its count; nothing where no entity has any. */
function drawers(counts: Int32Array, stratum: Int32Array, random: () => number): (undefined | (() => number))[] {
  const holders = new Int32Array(counts.length)
    .map((_, entity) => entity)
    .filter((entity) => (counts[entity] ?? 0) > 0);
  const strata = holders.map((entity) => stratum[entity] ?? 0);
  const stratumCount = strata.reduce((most, number) => Math.max(most, number + 1), 0);
  const { offsets, order } = orderBy(strata, stratumCount);
  return Array.from({ length: stratumCount }, (_, number) => {
    const members = order.subarray(offsets[number], offsets[number + 1]).map((place) => holders[place] ?? 0);
    return members.length === 0 ? undefined : drawer(members, counts, random);
  });
}

function drawer(entities: Int32Array, counts: Int32Array, random: () => number): () => number {
  const ends = new Float64Array(entities.length);
  let total = 0;
  entities.forEach((entity, position) => {
    total += counts[entity] ?? 0;
    ends[position] = total;
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
    return entities[low] ?? 0;
  };
}
