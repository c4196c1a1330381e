import type { EvidenceGraph } from './graph.ts';
import { leiden } from './leiden.ts';
import { type Subgraph, subgraphOf } from './weighted.ts';

/**
 * Two parts belong together when the weight between them is at least this share of what it would be if they were one
 * homogeneous community. Parts of one network that a search cut in two reach a good half, strangers with a stray link
 * less than a hundredth; anything between gives the same communities.
 */
const homogeneousShare = 0.1;

/** Communities of at least two entities; each is a sorted list of entities. */
export function findCommunities(graph: EvidenceGraph, weights: Float64Array, random: () => number): Int32Array[] {
  const everybody = subgraphOf(
    graph,
    weights,
    Int32Array.from({ length: graph.entityCount }, (_, entity) => entity),
  );
  return split(everybody, random).flatMap((entities) => {
    // In a large graph modularity merges small communities over a stray link; alone, each is judged on its own scale.
    const part = subgraphOf(graph, weights, entities);
    return part.values.length < 2 ? [entities] : mergeParts(part, leiden(part.graph, random));
  });
}

function split(part: Subgraph, random: () => number): Int32Array[] {
  return entitiesByCommunity(part, leiden(part.graph, random));
}

function entitiesByCommunity(part: Subgraph, membership: Int32Array): Int32Array[] {
  const communities = new Map<number, number[]>();
  part.entities.forEach((entity, node) => {
    const community = membership[node] ?? 0;
    const members = communities.get(community);
    if (members === undefined) communities.set(community, [entity]);
    else members.push(entity);
  });
  return [...communities.values()]
    .filter((members) => members.length > 1)
    .map((members) => Int32Array.from(members).sort());
}

/** Joins communities greedily, the pair nearest to homogeneous first, while a pair reaches `homogeneousShare`. */
function mergeParts(part: Subgraph, membership: Int32Array): Int32Array[] {
  const table = new CrossWeights(part, membership);
  for (let pair = table.closest(); pair !== undefined; pair = table.closest()) table.merge(pair);
  return entitiesByCommunity(
    part,
    membership.map((community) => table.root(community)),
  );
}

/** Weights between communities, kept up to date while they merge. */
class CrossWeights {
  readonly #parent: number[];
  readonly #entityStrength: number[];
  readonly #valueStrength: number[];
  readonly #between: Map<number, number>[];

  constructor({ graph }: Subgraph, membership: Int32Array) {
    const count = Math.max(-1, ...new Set(membership)) + 1;
    this.#parent = Array.from({ length: count }, (_, community) => community);
    this.#entityStrength = new Array(count).fill(0);
    this.#valueStrength = new Array(count).fill(0);
    this.#between = this.#parent.map(() => new Map());
    membership.forEach((community, node) => {
      this.#entityStrength[community] = (this.#entityStrength[community] ?? 0) + (graph.entityStrength[node] ?? 0);
      this.#valueStrength[community] = (this.#valueStrength[community] ?? 0) + (graph.valueStrength[node] ?? 0);
      const row = this.#between[community];
      for (let edge = graph.offsets[node] ?? 0; edge < (graph.offsets[node + 1] ?? 0); edge += 1) {
        const other = membership[graph.targets[edge] ?? 0] ?? 0;
        if (other !== community) row?.set(other, (row.get(other) ?? 0) + (graph.weights[edge] ?? 0));
      }
    });
  }

  root(community: number): number {
    let current = community;
    while (this.#parent[current] !== current) current = this.#parent[current] ?? current;
    return current;
  }

  closest(): readonly [number, number] | undefined {
    let best: readonly [number, number] | undefined;
    let bestShare = homogeneousShare;
    this.#between.forEach((row, first) => {
      for (const [second, weight] of row) {
        if (second <= first) continue;
        const share = weight / this.#homogeneous(first, second);
        if (share > bestShare) {
          best = [first, second];
          bestShare = share;
        }
      }
    });
    return best;
  }

  /** Weight between two communities if the links of their entities fell on the values of both in proportion. */
  #homogeneous(first: number, second: number): number {
    const entities = [this.#entityStrength[first] ?? 0, this.#entityStrength[second] ?? 0] as const;
    const values = [this.#valueStrength[first] ?? 0, this.#valueStrength[second] ?? 0] as const;
    return (entities[0] * values[1] + entities[1] * values[0]) / Math.max(1e-9, values[0] + values[1]);
  }

  merge([kept, gone]: readonly [number, number]): void {
    this.#parent[gone] = kept;
    this.#entityStrength[kept] = (this.#entityStrength[kept] ?? 0) + (this.#entityStrength[gone] ?? 0);
    this.#valueStrength[kept] = (this.#valueStrength[kept] ?? 0) + (this.#valueStrength[gone] ?? 0);
    for (const [other, weight] of this.#between[gone] ?? []) {
      this.#between[other]?.delete(gone);
      if (other === kept) continue;
      const sum = (this.#between[kept]?.get(other) ?? 0) + weight;
      this.#between[kept]?.set(other, sum);
      this.#between[other]?.set(kept, sum);
    }
    this.#between[gone]?.clear();
    this.#between[kept]?.delete(gone);
  }
}
