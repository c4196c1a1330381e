import type { Breathe } from '../../engine/context.ts';
import { shuffle } from '../../util/random.ts';
import { Tally } from '../tally.ts';
import { Queue } from './queue.ts';
import { bestCommunity, Strengths } from './strengths.ts';
import { addEdges, eachNode, type WeightedGraph } from './weighted-graph.ts';

/** A node takes microseconds. */
export const nodesPerBreath = 4096;

/** Moves nodes to the neighbouring community of highest gain until no move helps; `partition` is changed in place. */
export async function moveNodes(
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
