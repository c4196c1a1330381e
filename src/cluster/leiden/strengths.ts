import type { Tally } from '../tally.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Strengths of each community, summed over its nodes. */
export class Strengths {
  readonly #graph: WeightedGraph;
  /** Entity and value strength of one community side by side: they are read together, at random, and memory is slow. */
  readonly #pairs: Float64Array;

  constructor(graph: WeightedGraph, partition: Int32Array) {
    this.#graph = graph;
    this.#pairs = new Float64Array(2 * graph.nodeCount);
    for (let node = 0; node < partition.length; node += 1) this.add(node, partition[node] ?? 0, 1);
  }

  add(node: number, community: number, sign: 1 | -1): void {
    const { entityStrength, valueStrength } = this.#graph;
    const place = 2 * community;
    this.#pairs[place] = (this.#pairs[place] ?? 0) + sign * (entityStrength[node] ?? 0);
    this.#pairs[place + 1] = (this.#pairs[place + 1] ?? 0) + sign * (valueStrength[node] ?? 0);
  }

  /** Weight that chance would put between the node and the community, times the resolution. */
  expected(node: number, community: number): number {
    const { entityStrength, valueStrength, totalWeight, resolution } = this.#graph;
    const place = 2 * community;
    const cross =
      (entityStrength[node] ?? 0) * (this.#pairs[place + 1] ?? 0) +
      (valueStrength[node] ?? 0) * (this.#pairs[place] ?? 0);
    return (resolution * cross) / totalWeight;
  }
}

/** The community, of a node's own and its neighbours', that it gains most by; `node` counts in none of them now. */
export function bestCommunity(node: number, current: number, neighbours: Tally, strengths: Strengths): number {
  let best = current;
  let bestGain = neighbours.sumOf(current) - strengths.expected(node, current);
  for (let position = 0; position < neighbours.count; position += 1) {
    const community = neighbours.numbers[position] ?? 0;
    const gain = neighbours.sumAt(position) - strengths.expected(node, community);
    if (gain > bestGain + 1e-9 || (gain > bestGain - 1e-9 && gain > 0 && community < best && best !== current)) {
      best = community;
      bestGain = gain;
    }
  }
  return best;
}
