import type { EvidenceGraph } from './graph.ts';
import { Tally } from './tally.ts';

/** How a set of members uses values. One serves all sets of a graph: `count` forgets the set before. */
export class MemberUse {
  members: Int32Array = new Int32Array(0);
  readonly #graph: EvidenceGraph;
  readonly #isMember: Tally;
  readonly #candidates: Tally;
  /** Values that a member uses, in the order in which they came; `#usedCount` of them. */
  readonly #used: Int32Array;
  #usedCount = 0;
  readonly #sharers: Int32Array;
  readonly #shares: Float64Array;

  constructor(graph: EvidenceGraph) {
    this.#graph = graph;
    this.#isMember = new Tally(graph.entityCount);
    this.#candidates = new Tally(graph.entityCount);
    this.#used = new Int32Array(graph.valueCount);
    this.#sharers = new Int32Array(graph.valueCount);
    this.#shares = new Float64Array(graph.valueCount);
  }

  count(members: Int32Array): void {
    this.#forget();
    this.members = members;
    const { entityOffsets, entityValues, entityShares } = this.#graph;
    for (const entity of members) {
      this.#isMember.add(entity, 1);
      const end = entityOffsets[entity + 1] ?? 0;
      for (let link = entityOffsets[entity] ?? 0; link < end; link += 1) {
        const value = entityValues[link] ?? 0;
        const sharers = this.#sharers[value] ?? 0;
        if (sharers === 0) {
          this.#used[this.#usedCount] = value;
          this.#usedCount += 1;
        }
        this.#sharers[value] = sharers + 1;
        this.#shares[value] = (this.#shares[value] ?? 0) + (entityShares[link] ?? 0);
      }
    }
  }

  #forget(): void {
    for (let position = 0; position < this.#usedCount; position += 1) {
      const value = this.#used[position] ?? 0;
      this.#sharers[value] = 0;
      this.#shares[value] = 0;
    }
    this.#usedCount = 0;
    this.#isMember.clear();
  }

  isMember(entity: number): boolean {
    return this.#isMember.sumOf(entity) > 0;
  }

  /** Members that use a value. */
  sharersOf(value: number): number {
    return this.#sharers[value] ?? 0;
  }

  /** Sum of the members' shares of a value. */
  sharesOf(value: number): number {
    return this.#shares[value] ?? 0;
  }

  /** Values that any member uses. */
  usedValues(): Int32Array {
    return this.#used.subarray(0, this.#usedCount);
  }

  /** Values, sorted, that mostly members, and at least two of them, use. */
  ownedValues(): Int32Array {
    const { valueOffsets } = this.#graph;
    const isOwned = (value: number): boolean => {
      const inside = this.sharersOf(value);
      return inside > 1 && inside * 2 >= (valueOffsets[value + 1] ?? 0) - (valueOffsets[value] ?? 0);
    };
    return this.usedValues().filter(isOwned).sort();
  }

  /** Members, and who else uses a value that is theirs, sorted. */
  candidates(): Int32Array {
    const { valueOffsets, valueEntities } = this.#graph;
    this.#candidates.clear();
    for (const entity of this.members) this.#candidates.add(entity, 1);
    for (const value of this.ownedValues()) {
      for (let link = valueOffsets[value] ?? 0; link < (valueOffsets[value + 1] ?? 0); link += 1) {
        this.#candidates.add(valueEntities[link] ?? 0, 1);
      }
    }
    return this.#candidates.numbers.slice(0, this.#candidates.count).sort();
  }
}
