import type { EvidenceGraph } from './graph.ts';
import type { MemberUse } from './member-use.ts';

/** What a family says of an entity before its shared values do; one number a family each. */
export interface Background {
  /** Members, and others, that have any value of the family. */
  readonly presentInside: Float64Array;
  readonly presentOutside: Float64Array;
  /** ln(odds) of having any value, and of having none. */
  readonly presentOdds: Float64Array;
  readonly absentOdds: Float64Array;
  /** ln(odds), where there are values, of a query with one that no other member uses. */
  readonly unsharedOdds: Float64Array;
}

/**
 * What having values says, and having none in common, by how often members do and others do: most of a stranger's queries
 * are his own as well.
 */
export function backgroundOf(graph: EvidenceGraph, use: MemberUse): Background {
  const members = use.members.length;
  const others = Math.max(0, graph.population - members);
  const presentInside = presentMembers(graph, use.members);
  const presentOutside = Float64Array.from(graph.presentCount, (count, family) => count - (presentInside[family] ?? 0));
  const { inside, outside } = sharedQueries(graph, use);
  const byFamily = (odds: (within: number, without: number, family: number) => number) =>
    presentInside.map((within, family) => odds(within, presentOutside[family] ?? 0, family));
  return {
    presentInside,
    presentOutside,
    presentOdds: byFamily((within, without) => logOdds(within, members, without, others)),
    absentOdds: byFamily((within, without) => logOdds(members - within, members, others - without, others)),
    unsharedOdds: byFamily((within, without, family) =>
      logOdds(within - (inside[family] ?? 0), within, without - (outside[family] ?? 0), without),
    ),
  };
}

/** ln(odds) of such a part of the members against such a part of the others; half an entity keeps it finite. */
function logOdds(part: number, members: number, otherPart: number, others: number): number {
  const chance = (some: number, all: number) => (Math.max(0, some) + 0.5) / (all + 1);
  return Math.log(chance(part, members) / chance(otherPart, others));
}

function presentMembers(graph: EvidenceGraph, members: Int32Array): Float64Array {
  const present = new Float64Array(graph.familyCount);
  for (const entity of members) {
    for (let family = 0; family < graph.familyCount; family += 1) {
      present[family] = (present[family] ?? 0) + (((graph.present[entity] ?? 0) >> family) & 1);
    }
  }
  return present;
}

/** Of each family: queries of members whose value another member uses, and of others whose value any member uses. */
function sharedQueries(graph: EvidenceGraph, use: MemberUse): { inside: Float64Array; outside: Float64Array } {
  const inside = new Float64Array(graph.familyCount);
  const outside = new Float64Array(graph.familyCount);
  for (const value of use.usedValues()) {
    const family = graph.valueFamily[value] ?? 0;
    const own = use.sharesOf(value);
    if (use.sharersOf(value) > 1) inside[family] = (inside[family] ?? 0) + own;
    outside[family] = (outside[family] ?? 0) + Math.max(0, (graph.valueShare[value] ?? 0) - own);
  }
  return { inside, outside };
}
