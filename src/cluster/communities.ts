import type { Breathe } from '../engine/context.ts';
import { smallestCluster } from '../model/cluster.ts';
import type { EvidenceGraph } from './graph.ts';
import { leiden } from './leiden/leiden.ts';
import { orderBy } from './rows.ts';
import { type Subgraph, Subgraphs } from './weighted.ts';

/** Communities of at least three entities; each is a sorted list of entities. `weights` are those of the links. */
export function findCommunities(
  graph: EvidenceGraph,
  weights: Float64Array,
  random: () => number,
  breathe: Breathe,
): Promise<Int32Array[]> {
  const isLinked = (entity: number) =>
    weights.subarray(graph.entityOffsets[entity], graph.entityOffsets[entity + 1]).some((weight) => weight > 0);
  const linked = new Int32Array(graph.entityCount).map((_, entity) => entity).filter(isLinked);
  return split(new Subgraphs(graph, weights), linked, random, breathe);
}

/** What sheds a smaller part of its entities has loose ends; searched again it would cost as much and shed as little. */
const leastShed = 0.001;

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
  const parts: Int32Array[] = [];
  for (const community of communities) {
    const isWhole = entities.length - community.length <= leastShed * entities.length;
    parts.push(...(isWhole ? [community] : await split(subgraphs, community, random, breathe)));
  }
  return parts;
}

function communitiesOf({ entities, graph }: Subgraph, membership: Int32Array): Int32Array[] {
  const { offsets, order } = orderBy(membership.subarray(0, entities.length), graph.nodeCount);
  const communities: Int32Array[] = [];
  for (let community = 0; community < graph.nodeCount; community += 1) {
    const nodes = order.subarray(offsets[community], offsets[community + 1]);
    if (nodes.length >= smallestCluster) communities.push(nodes.map((node) => entities[node] ?? 0));
  }
  return communities;
}
