import { orderBy } from '../rows.ts';
import { Tally } from '../tally.ts';
import { addEdges, type WeightedGraph } from './weighted-graph.ts';

/** One node for each community, edges between two of them summed up; edges inside vanish, strengths add up. */
export function aggregate(graph: WeightedGraph, partition: Int32Array, communityCount: number): WeightedGraph {
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
