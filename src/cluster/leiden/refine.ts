import type { Breathe } from '../../engine/context.ts';
import { shuffle } from '../../util/random.ts';
import { Tally } from '../tally.ts';
import { nodesPerBreath } from './move-nodes.ts';
import { bestCommunity, Strengths } from './strengths.ts';
import { addEdges, eachNode, type WeightedGraph } from './weighted-graph.ts';

/** Splits each community into connected parts that are worth keeping together: nodes, alone at first, join a part once. */
export async function refine(
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
