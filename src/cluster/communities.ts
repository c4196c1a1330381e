import type { Breathe } from '../engine/context.ts';
import { groupBy } from '../util/group.ts';
import type { EvidenceGraph } from './graph.ts';
import { leiden } from './leiden.ts';
import { type Subgraph, Subgraphs } from './weighted.ts';

/** Communities of at least two entities; each is a sorted list of entities. */
export function findCommunities(
  graph: EvidenceGraph,
  weights: Float64Array,
  random: () => number,
  breathe: Breathe,
): Promise<Int32Array[]> {
  const linked = Int32Array.from({ length: graph.entityCount }, (_, entity) => entity).filter(
    (entity) => graph.entityOffsets[entity] !== graph.entityOffsets[entity + 1],
  );
  return split(new Subgraphs(graph, weights), linked, random, breathe);
}

/**
 * In a large graph modularity merges small communities over a stray link. So each community is searched again alone, on its
 * own scale, until none falls apart any more: a ring of ten and a network of 20,000 come out of one graph.
 */
async function split(
  subgraphs: Subgraphs,
  entities: Int32Array,
  random: () => number,
  breathe: Breathe,
): Promise<Int32Array[]> {
  const part = subgraphs.of(entities);
  if (part.values.length === 0) return [];
  const communities = communitiesOf(part, await leiden(part.graph, random, breathe));
  const [only] = communities;
  if (only?.length === entities.length) return [only];
  const parts: Int32Array[] = [];
  for (const community of communities) parts.push(...(await split(subgraphs, community, random, breathe)));
  return parts;
}

function communitiesOf(part: Subgraph, membership: Int32Array): Int32Array[] {
  const communities = groupBy(part.entities.keys(), (node) => membership[node] ?? 0);
  return [...communities.values()]
    .filter((nodes) => nodes.length > 1)
    .map((nodes) => Int32Array.from(nodes, (node) => part.entities[node] ?? 0).sort());
}
