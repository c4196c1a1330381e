import type { EvidenceGraph } from './graph.ts';
import type { WeightedGraph } from './leiden.ts';

/**
 * Parts of one network that plain modularity cuts apart hold a good half of the weight between them that a homogeneous
 * network would have; strangers with a stray link less than a hundredth. Anything between gives the same communities.
 */
const resolution = 0.25;

/**
 * Weights of the links of each entity, in the order of `entityValues`: the value's surprise times the share of the entity's
 * queries in the family that carry it. So a family adds at most its most surprising value: many common things never outweigh
 * one rare one, and what an account does now and then ties it loosely.
 */
export function linkWeights(graph: EvidenceGraph): Float64Array {
  return graph.entityShares.map((share, link) => share * (graph.valueWeight[graph.entityValues[link] ?? 0] ?? 0));
}

/**
 * The part of the graph between some entities and the values that at least two of them share, for community search.
 * Nodes are the entities in the given order, then the values in the order of their numbers.
 */
export interface Subgraph {
  readonly graph: WeightedGraph;
  readonly entities: Int32Array;
  readonly values: Int32Array;
}

export function subgraphOf(graph: EvidenceGraph, weights: Float64Array, entities: Int32Array): Subgraph {
  const sharers = new Map<number, number>();
  eachLink(graph, entities, (_, value) => sharers.set(value, (sharers.get(value) ?? 0) + 1));
  const values = Int32Array.from(sharers.keys())
    .filter((value) => (sharers.get(value) ?? 0) > 1 && (graph.valueWeight[value] ?? 0) > 0)
    .sort();
  const nodeOfValue = new Map<number, number>();
  values.forEach((value, position) => {
    nodeOfValue.set(value, entities.length + position);
  });
  return { graph: fillGraph(graph, weights, entities, nodeOfValue), entities, values };
}

function fillGraph(
  graph: EvidenceGraph,
  weights: Float64Array,
  entities: Int32Array,
  nodeOfValue: ReadonlyMap<number, number>,
): WeightedGraph {
  const nodeCount = entities.length + nodeOfValue.size;
  const offsets = new Int32Array(nodeCount + 1);
  eachLink(graph, entities, (position, value) => {
    const node = nodeOfValue.get(value);
    if (node === undefined) return;
    offsets[position + 1] = (offsets[position + 1] ?? 0) + 1;
    offsets[node + 1] = (offsets[node + 1] ?? 0) + 1;
  });
  for (let node = 0; node < nodeCount; node += 1) offsets[node + 1] = (offsets[node + 1] ?? 0) + (offsets[node] ?? 0);
  const next = offsets.slice(0, nodeCount);
  const targets = new Int32Array(offsets[nodeCount] ?? 0);
  const edgeWeights = new Float64Array(targets.length);
  const entityStrength = new Float64Array(nodeCount);
  const valueStrength = new Float64Array(nodeCount);
  let totalWeight = 0;
  const put = (from: number, to: number, weight: number): void => {
    const place = next[from] ?? 0;
    targets[place] = to;
    edgeWeights[place] = weight;
    next[from] = place + 1;
  };
  eachLink(graph, entities, (position, value, link) => {
    const node = nodeOfValue.get(value);
    if (node === undefined) return;
    const weight = weights[link] ?? 0;
    put(position, node, weight);
    put(node, position, weight);
    entityStrength[position] = (entityStrength[position] ?? 0) + weight;
    valueStrength[node] = (valueStrength[node] ?? 0) + weight;
    totalWeight += weight;
  });
  return { nodeCount, offsets, targets, weights: edgeWeights, entityStrength, valueStrength, totalWeight, resolution };
}

function eachLink(
  graph: EvidenceGraph,
  entities: Int32Array,
  visit: (position: number, value: number, link: number) => void,
): void {
  entities.forEach((entity, position) => {
    for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
      visit(position, graph.entityValues[link] ?? 0, link);
    }
  });
}
