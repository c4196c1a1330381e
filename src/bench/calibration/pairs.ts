import type { EvidenceGraph } from '../../cluster/graph.ts';
import type { Pair } from './fit.ts';

/**
 * A pair for each entity that shares anything: the entity and another sharer of one of its values, both at random, values by
 * the share of queries that carry them. That is the step from entity to entity that a search for communities takes. Of each
 * family the pair has the surprise of the value that ties them most: its surprise times the smaller of their two shares.
 * `actorOf` names who runs an entity; undefined for one that stands for itself.
 */
export function drawPairs(
  graph: EvidenceGraph,
  actorOf: (entity: number) => string | undefined,
  random: () => number,
): Pair[] {
  const pairs: Pair[] = [];
  for (let entity = 0; entity < graph.entityCount; entity += 1) {
    const other = drawSharer(graph, entity, random);
    if (other === undefined || other === entity) continue;
    const actor = actorOf(entity);
    const isOneActor = actor !== undefined && actor === actorOf(other);
    pairs.push({ isOneActor, surprises: commonSurprises(graph, entity, other) });
  }
  return pairs;
}

function drawSharer(graph: EvidenceGraph, entity: number, random: () => number): number | undefined {
  const first = graph.entityOffsets[entity] ?? 0;
  const shares = graph.entityShares.subarray(first, graph.entityOffsets[entity + 1] ?? first);
  let wanted = random() * shares.reduce((sum, share) => sum + share, 0);
  const link = shares.findIndex((share) => {
    wanted -= share;
    return wanted <= 0;
  });
  if (link < 0) return undefined;
  const value = graph.entityValues[first + link] ?? 0;
  const start = graph.valueOffsets[value] ?? 0;
  const sharers = (graph.valueOffsets[value + 1] ?? start) - start;
  return graph.valueEntities[start + Math.floor(random() * sharers)];
}

function commonSurprises(graph: EvidenceGraph, entity: number, other: number): number[] {
  const own = sharesOf(graph, entity);
  const surprises = new Array<number>(graph.familyCount).fill(0);
  for (const [value, share] of sharesOf(graph, other)) {
    const common = Math.min(share, own.get(value) ?? 0);
    const family = graph.valueFamily[value] ?? 0;
    surprises[family] = Math.max(surprises[family] ?? 0, common * (graph.valueWeight[value] ?? 0));
  }
  return surprises;
}

function sharesOf(graph: EvidenceGraph, entity: number): Map<number, number> {
  const shares = new Map<number, number>();
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1)
    shares.set(graph.entityValues[link] ?? 0, graph.entityShares[link] ?? 0);
  return shares;
}
