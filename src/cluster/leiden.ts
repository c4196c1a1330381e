import type { Breathe } from '../engine/context.ts';
import { shuffle } from '../util/random.ts';
import { Queue } from './queue.ts';
import { orderBy } from './rows.ts';
import { Tally } from './tally.ts';

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

/**
 * Communities of highest bipartite modularity (Barber 2007; resolution after Reichardt and Bornholdt 2006), by the Leiden algorithm: local moving, refinement,
 * aggregation (Traag, Waltman and van Eck 2019). Every community is connected. Returns the community of each node,
 * numbered from 0 in the order of first appearance. O(edges) a pass, a handful of passes.
 */
export async function leiden(graph: WeightedGraph, random: () => number, breathe: Breathe): Promise<Int32Array> {
  const membership = eachNode(graph);
  let level = graph;
  let partition = eachNode(graph);
  for (;;) {
    await moveNodes(level, partition, random, breathe);
    const communityCount = renumber(partition);
    if (communityCount === level.nodeCount) break;
    const refined = await refine(level, partition, random, breathe);
    const refinedCount = renumber(refined);
    for (let node = 0; node < membership.length; node += 1) membership[node] = refined[membership[node] ?? 0] ?? 0;
    const stuck = refinedCount === level.nodeCount;
    const next = new Int32Array(refinedCount);
    refined.forEach((community, node) => {
      next[community] = partition[node] ?? 0;
    });
    if (stuck) {
      for (let node = 0; node < membership.length; node += 1) membership[node] = next[membership[node] ?? 0] ?? 0;
      break;
    }
    level = aggregate(level, refined, refinedCount);
    partition = next;
  }
  renumber(membership);
  return membership;
}

/** The nodes in order, or each node as a community of its own. */
function eachNode({ nodeCount }: WeightedGraph): Int32Array {
  return new Int32Array(nodeCount).map((_, node) => node);
}

/** A node takes microseconds. */
const nodesPerBreath = 4096;

/** Moves nodes to the neighbouring community of highest gain until no move helps; `partition` is changed in place. */
async function moveNodes(
  graph: WeightedGraph,
  partition: Int32Array,
  random: () => number,
  breathe: Breathe,
): Promise<void> {
  const queue = new Queue(shuffle(eachNode(graph), random));
  const strengths = new Strengths(graph, partition);
  const neighbours = new Tally(graph.nodeCount);
  while (queue.waiting > 0) {
    moveSome(graph, partition, queue, strengths, neighbours);
    await breathe();
  }
}

/** Moves the next nodes of the queue, as many as may go without a breath. */
function moveSome(
  graph: WeightedGraph,
  partition: Int32Array,
  queue: Queue,
  strengths: Strengths,
  neighbours: Tally,
): void {
  for (let left = Math.min(nodesPerBreath, queue.waiting); left > 0; left -= 1) {
    const node = queue.take();
    const current = partition[node] ?? 0;
    strengths.add(node, current, -1);
    neighbours.clear();
    addEdges(neighbours, graph, node, partition);
    const best = bestCommunity(node, current, neighbours, strengths);
    strengths.add(node, best, 1);
    if (best === current) continue;
    partition[node] = best;
    const end = graph.offsets[node + 1] ?? 0;
    for (let edge = graph.offsets[node] ?? 0; edge < end; edge += 1) {
      const target = graph.targets[edge] ?? 0;
      if (!queue.has(target) && partition[target] !== best) queue.put(target);
    }
  }
}

function bestCommunity(node: number, current: number, neighbours: Tally, strengths: Strengths): number {
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

/** Splits each community into connected parts that are worth keeping together: nodes, alone at first, join a part once. */
async function refine(
  graph: WeightedGraph,
  partition: Int32Array,
  random: () => number,
  breathe: Breathe,
): Promise<Int32Array> {
  const refined = eachNode(graph);
  const strengths = new Strengths(graph, refined);
  const sizes = new Int32Array(graph.nodeCount).fill(1);
  const neighbours = new Tally(graph.nodeCount);
  const order = shuffle(eachNode(graph), random);
  for (let start = 0; start < order.length; start += nodesPerBreath) {
    await breathe();
    joinSome(order.subarray(start, start + nodesPerBreath), graph, partition, refined, sizes, strengths, neighbours);
  }
  return refined;
}

/** Lets nodes that are still alone, and joined by none, join a part. */
function joinSome(
  nodes: Int32Array,
  graph: WeightedGraph,
  partition: Int32Array,
  refined: Int32Array,
  sizes: Int32Array,
  strengths: Strengths,
  neighbours: Tally,
): void {
  for (const node of nodes) {
    if (sizes[refined[node] ?? 0] !== 1) continue;
    strengths.add(node, node, -1);
    neighbours.clear();
    addEdges(neighbours, graph, node, refined, partition);
    const best = bestCommunity(node, node, neighbours, strengths);
    strengths.add(node, best, 1);
    if (best === node) continue;
    sizes[node] = 0;
    sizes[best] = (sizes[best] ?? 0) + 1;
    refined[node] = best;
  }
}

/** Adds up a node's edges by community of the target; with `within`, only targets in the node's own part of it. */
function addEdges(
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

/** Strengths of each community, summed over its nodes. */
class Strengths {
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

/** Numbers communities from 0 in the order of first appearance, in place; returns how many there are. */
function renumber(partition: Int32Array): number {
  const numbers = new Int32Array(partition.length).fill(-1);
  let count = 0;
  for (let node = 0; node < partition.length; node += 1) {
    const community = partition[node] ?? 0;
    if (numbers[community] === -1) {
      numbers[community] = count;
      count += 1;
    }
    partition[node] = numbers[community] ?? 0;
  }
  return count;
}

/** One node for each community, edges between two of them summed up; edges inside vanish, strengths add up. */
function aggregate(graph: WeightedGraph, partition: Int32Array, communityCount: number): WeightedGraph {
  const nodes = orderBy(partition, communityCount);
  const offsets = new Int32Array(communityCount + 1);
  const targets = new Int32Array(graph.targets.length);
  const weights = new Float64Array(graph.targets.length);
  const around = new Tally(communityCount);
  let edgeCount = 0;
  for (let community = 0; community < communityCount; community += 1) {
    around.clear();
    for (let place = nodes.offsets[community] ?? 0; place < (nodes.offsets[community + 1] ?? 0); place += 1) {
      addEdges(around, graph, nodes.order[place] ?? 0, partition);
    }
    for (let position = 0; position < around.count; position += 1) {
      const target = around.numbers[position] ?? 0;
      if (target === community) continue;
      targets[edgeCount] = target;
      weights[edgeCount] = around.sumAt(position);
      edgeCount += 1;
    }
    offsets[community + 1] = edgeCount;
  }
  return {
    nodeCount: communityCount,
    offsets,
    targets: targets.slice(0, edgeCount),
    weights: weights.slice(0, edgeCount),
    entityStrength: sumBy(partition, graph.entityStrength, communityCount),
    valueStrength: sumBy(partition, graph.valueStrength, communityCount),
    totalWeight: graph.totalWeight,
    resolution: graph.resolution,
  };
}

function sumBy(partition: Int32Array, strengths: Float64Array, communityCount: number): Float64Array {
  const sums = new Float64Array(communityCount);
  partition.forEach((community, node) => {
    sums[community] = (sums[community] ?? 0) + (strengths[node] ?? 0);
  });
  return sums;
}
