import type { Breathe } from '../../engine/context.ts';
import { aggregate } from './aggregate.ts';
import { moveNodes } from './move-nodes.ts';
import { refine } from './refine.ts';
import { eachNode, type WeightedGraph } from './weighted-graph.ts';

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
