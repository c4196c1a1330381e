import type { Tally } from '../tally.ts';

/**
 * An undirected weighted graph in compressed rows, each edge in both directions. Every node carries two strengths; the
 * null model expects the weight between two nodes to be the product of the entity strength of one and the value strength
 * of the other over the total weight, which for nodes of one side only is Barber's bipartite configuration model.
 */
export interface WeightedGraph {
  readonly nodeCount: number;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  readonly entityStrength: Float64Array;
  readonly valueStrength: Float64Array;
  /** Weight of all edges, each counted once. */
  readonly totalWeight: number;
  /** Weight between two parts, over what chance would put there, at which they belong together; 1 is plain modularity. */
  readonly resolution: number;
}

/** The nodes in order, or each node as a community of its own. */
export function eachNode({ nodeCount }: WeightedGraph): Int32Array {
  return new Int32Array(nodeCount).map((_, node) => node);
}

/** Adds up a node's edges by community of the target; with `within`, only targets in the node's own part of it. */
export function addEdges(
  weights: Tally,
  graph: WeightedGraph,
  node: number,
  partition: Int32Array,
  within?: Int32Array,
): void {
  const { offsets, targets, weights: edgeWeights } = graph;
  const end = offsets[node + 1] ?? 0;
  for (let edge = offsets[node] ?? 0; edge < end; edge += 1) {
    const target = targets[edge] ?? 0;
    if (target === node || (within !== undefined && within[target] !== within[node])) continue;
    weights.add(partition[target] ?? 0, edgeWeights[edge] ?? 0);
  }
}
