import type { EvidenceGraph } from './graph.ts';
import type { WeightedGraph } from './leiden/weighted-graph.ts';
import { Tally } from './tally.ts';

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

/** Cuts parts out of a graph, one after the other. */
export class Subgraphs {
  readonly #graph: EvidenceGraph;
  readonly #weights: Float64Array;
  /** Entities of the part that have each value. */
  readonly #sharers: Tally;
  /** Node of each value of the part; of other values it says nothing. */
  readonly #nodeOfValue: Int32Array;

  /** @param weights of the links, in the order of `entityValues` */
  constructor(graph: EvidenceGraph, weights: Float64Array) {
    this.#graph = graph;
    this.#weights = weights;
    this.#sharers = new Tally(graph.valueCount);
    this.#nodeOfValue = new Int32Array(graph.valueCount);
  }

  of(entities: Int32Array): Subgraph {
    this.#countSharers(entities);
    const values = this.#sharers.numbers
      .slice(0, this.#sharers.count)
      .filter((value) => this.#isLinked(value))
      .sort();
    for (let position = 0; position < values.length; position += 1) {
      this.#nodeOfValue[values[position] ?? 0] = entities.length + position;
    }
    return { graph: this.#fill(entities, values), entities, values };
  }

  #countSharers(entities: Int32Array): void {
    const { entityOffsets, entityValues } = this.#graph;
    this.#sharers.clear();
    for (const entity of entities) {
      for (let link = entityOffsets[entity] ?? 0; link < (entityOffsets[entity + 1] ?? 0); link += 1) {
        this.#sharers.add(entityValues[link] ?? 0, 1);
      }
    }
  }

  #isLinked(value: number): boolean {
    return this.#sharers.sumOf(value) > 1 && (this.#graph.valueWeight[value] ?? 0) > 0;
  }

  #fill(entities: Int32Array, values: Int32Array): WeightedGraph {
    const { entityOffsets, entityValues } = this.#graph;
    const offsets = this.#offsets(entities, values);
    const nodeCount = offsets.length - 1;
    const next = offsets.slice(0, nodeCount);
    const targets = new Int32Array(offsets[nodeCount] ?? 0);
    const weights = new Float64Array(targets.length);
    const entityStrength = new Float64Array(nodeCount);
    const valueStrength = new Float64Array(nodeCount);
    let totalWeight = 0;
    const put = (from: number, to: number, weight: number): void => {
      const place = next[from] ?? 0;
      targets[place] = to;
      weights[place] = weight;
      next[from] = place + 1;
    };
    for (let position = 0; position < entities.length; position += 1) {
      const entity = entities[position] ?? 0;
      for (let link = entityOffsets[entity] ?? 0; link < (entityOffsets[entity + 1] ?? 0); link += 1) {
        const value = entityValues[link] ?? 0;
        if (!this.#isLinked(value)) continue;
        const node = this.#nodeOfValue[value] ?? 0;
        const weight = this.#weights[link] ?? 0;
        put(position, node, weight);
        put(node, position, weight);
        entityStrength[position] = (entityStrength[position] ?? 0) + weight;
        valueStrength[node] = (valueStrength[node] ?? 0) + weight;
        totalWeight += weight;
      }
    }
    return { nodeCount, offsets, targets, weights, entityStrength, valueStrength, totalWeight, resolution };
  }

  /** Where the edges of each node start. */
  #offsets(entities: Int32Array, values: Int32Array): Int32Array {
    const { entityOffsets, entityValues } = this.#graph;
    const offsets = new Int32Array(entities.length + values.length + 1);
    let count = 0;
    for (let position = 0; position < entities.length; position += 1) {
      const entity = entities[position] ?? 0;
      for (let link = entityOffsets[entity] ?? 0; link < (entityOffsets[entity + 1] ?? 0); link += 1) {
        if (this.#isLinked(entityValues[link] ?? 0)) count += 1;
      }
      offsets[position + 1] = count;
    }
    for (let position = 0; position < values.length; position += 1) {
      count += this.#sharers.sumOf(values[position] ?? 0);
      offsets[entities.length + position + 1] = count;
    }
    return offsets;
  }
}
