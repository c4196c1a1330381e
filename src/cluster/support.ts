import { median } from 'simple-statistics';
import type { FamilySupport } from '../model/cluster.ts';
import type { EvidenceGraph } from './graph.ts';
import type { MemberUse } from './member-use.ts';
import type { MemberTest } from './members.ts';

/** What holds a set of members together, family by family, and who is tied by two families or more. */
export interface Support {
  readonly families: readonly FamilySupport[];
  readonly core: Uint8Array;
  /** Owned values, sorted. */
  readonly values: Int32Array;
  /** See `Cluster.surprise`. */
  readonly surprise: number;
}

/** `use` is counted anew. */
export function supportOf(graph: EvidenceGraph, test: MemberTest, use: MemberUse): Support {
  use.count(test.entities);
  const values = use.ownedValues();
  const owned = new Set(values);
  const coverage = test.entities.reduce<Int32Array>((covered, entity, position) => {
    covered[position] = coveredFamilies(graph, entity, owned);
    return covered;
  }, new Int32Array(test.entities.length));
  const families = Array.from({ length: graph.familyCount }, (_, family) =>
    familySupport(graph, test, family, coverage, values, use),
  );
  const supported = families.reduce((bits, family, position) => bits | (family.isSupported ? 1 << position : 0), 0);
  return {
    families,
    core: Uint8Array.from(coverage, (bits) => (bitCount(bits & supported) > 1 ? 1 : 0)),
    values,
    surprise: surprise(graph, test, coverage),
  };
}

function coveredFamilies(graph: EvidenceGraph, entity: number, owned: ReadonlySet<number>): number {
  let bits = 0;
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const value = graph.entityValues[link] ?? 0;
    if (owned.has(value)) bits |= 1 << (graph.valueFamily[value] ?? 0);
  }
  return bits;
}

function familySupport(
  graph: EvidenceGraph,
  test: MemberTest,
  family: number,
  coverage: Int32Array,
  values: Int32Array,
  use: MemberUse,
): FamilySupport {
  const present = test.entities.reduce((sum, entity) => sum + (((graph.present[entity] ?? 0) >> family) & 1), 0);
  const odds = [...test.entities.keys()]
    .filter((position) => ((coverage[position] ?? 0) >> family) & 1)
    .map((position) => test.familyLogOdds[position * graph.familyCount + family] ?? 0);
  const own = values.filter((value) => graph.valueFamily[value] === family);
  const top = own.reduce((largest, value) => Math.max(largest, use.sharersOf(value)), 0);
  return {
    family: graph.families[family] ?? 'identity',
    present,
    covered: odds.length,
    values: own.length,
    topShare: present === 0 ? 0 : top / present,
    logOdds: odds.length === 0 ? 0 : median(odds),
    // Most of those who could show it do, and they are not a corner of the cluster.
    isSupported: odds.length >= 3 && odds.length * 2 >= present && odds.length * 4 >= test.entities.length,
  };
}

function surprise(graph: EvidenceGraph, test: MemberTest, coverage: Int32Array): number {
  let total = 0;
  coverage.forEach((bits, position) => {
    let sum = 0;
    let largest = 0;
    for (let family = 0; family < graph.familyCount; family += 1) {
      if (((bits >> family) & 1) === 0) continue;
      const odds = Math.max(0, test.familyLogOdds[position * graph.familyCount + family] ?? 0);
      sum += odds;
      largest = Math.max(largest, odds);
    }
    total += sum - largest;
  });
  return total;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
