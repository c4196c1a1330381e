import { type Background, backgroundOf } from './background.ts';
import type { EvidenceGraph } from './graph.ts';
import type { MemberUse } from './member-use.ts';

/** A set of entities with the evidence for each of them. */
export interface MemberTest {
  readonly entities: Int32Array;
  /** For each entity, one number a family: ln(odds of its evidence inside against outside), nats. */
  readonly familyLogOdds: Float64Array;
  /** For each entity: the sum over families and the prior. */
  readonly logOdds: Float64Array;
}

const rounds = 12;

/** A set stands where a round changes a smaller part of it: in a crowd a few at the border come and go for ever. */
const leastChange = 0.001;

/**
 * Decides who belongs to a community. For every entity that uses one of its values, and every one inside: per family, the
 * mean over the entity's queries of ln(how often members' queries carry the value / how often everybody else's do), and
 * over families the sum, with the odds that a random entity is a member. Repeats until the set stands. An entity's own
 * queries never count for it. So a stranger who now and then calls from a proxy speaks mostly for himself, and in a
 * network that mixes in other people's traffic the mixture is expected of every member.
 * The odds are those of Fellegi and Sunter (1969), learned from the community itself. `seed` is sorted; `use` is counted anew.
 */
export function testMembers(graph: EvidenceGraph, seed: Int32Array, use: MemberUse): MemberTest {
  let members = seed;
  let test = score(graph, members, use);
  for (let round = 0; round < rounds; round += 1) {
    const kept = test.entities.filter((_, position) => (test.logOdds[position] ?? 0) > 0);
    const changed = countChanged(members, kept);
    members = kept;
    if (changed <= leastChange * kept.length || kept.length < 2) break;
    test = score(graph, members, use);
  }
  return select(test, graph.familyCount, new Set(members));
}

function select(test: MemberTest, familyCount: number, wanted: ReadonlySet<number>): MemberTest {
  const positions = Int32Array.from(test.entities.keys()).filter((position) =>
    wanted.has(test.entities[position] ?? -1),
  );
  const familyLogOdds = new Float64Array(positions.length * familyCount);
  positions.forEach((position, place) => {
    const own = test.familyLogOdds.subarray(position * familyCount, (position + 1) * familyCount);
    familyLogOdds.set(own, place * familyCount);
  });
  return {
    entities: positions.map((position) => test.entities[position] ?? 0),
    logOdds: Float64Array.from(positions, (position) => test.logOdds[position] ?? 0),
    familyLogOdds,
  };
}

/** How many entities are in one of two sorted lists only. */
function countChanged(left: Int32Array, right: Int32Array): number {
  let common = 0;
  let place = 0;
  for (const entity of left) {
    while (place < right.length && (right[place] ?? 0) < entity) place += 1;
    if (right[place] === entity) common += 1;
  }
  return left.length + right.length - 2 * common;
}

function score(graph: EvidenceGraph, members: Int32Array, use: MemberUse): MemberTest {
  use.count(members);
  const background = backgroundOf(graph, use);
  const entities = use.candidates();
  const familyLogOdds = new Float64Array(entities.length * graph.familyCount);
  const logOdds = new Float64Array(entities.length).fill(Math.log(members.length / graph.population));
  for (let position = 0; position < entities.length; position += 1) {
    const start = position * graph.familyCount;
    scoreEntity(graph, entities[position] ?? 0, use, background, familyLogOdds, start);
    for (let family = 0; family < graph.familyCount; family += 1) {
      logOdds[position] = (logOdds[position] ?? 0) + (familyLogOdds[start + family] ?? 0);
    }
  }
  return { entities, familyLogOdds, logOdds };
}

/** Fills in one entity's ln(odds), one number a family from `start` on. */
function scoreEntity(
  graph: EvidenceGraph,
  entity: number,
  use: MemberUse,
  background: Background,
  odds: Float64Array,
  start: number,
): void {
  const present = graph.present[entity] ?? 0;
  for (let family = 0; family < graph.familyCount; family += 1) {
    const isPresent = ((present >> family) & 1) === 1;
    // At first all of its queries count as unshared; each shared value takes its share out again.
    odds[start + family] = isPresent
      ? (background.presentOdds[family] ?? 0) + (background.unsharedOdds[family] ?? 0)
      : (background.absentOdds[family] ?? 0);
  }
  const ownPlace = use.isMember(entity) ? 1 : 0;
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const value = graph.entityValues[link] ?? 0;
    if (use.sharersOf(value) === ownPlace) continue;
    const family = graph.valueFamily[value] ?? 0;
    const share = graph.entityShares[link] ?? 0;
    const gain = valueLogOdds(value, share, ownPlace, graph, use, background) - (background.unsharedOdds[family] ?? 0);
    odds[start + family] = (odds[start + family] ?? 0) + share * gain;
  }
}

/**
 * ln(odds) of one query of an entity that carries a value of other members, where `share` of its queries do; `ownPlace` is 1
 * for a member, else 0.
 */
function valueLogOdds(
  value: number,
  share: number,
  ownPlace: number,
  graph: EvidenceGraph,
  use: MemberUse,
  { presentInside, presentOutside }: Background,
): number {
  const family = graph.valueFamily[value] ?? 0;
  const shareInside = use.sharesOf(value) - ownPlace * share;
  const shareOutside = (graph.valueShare[value] ?? 0) - shareInside - share;
  const inside = Math.max(shareInside, 1e-6) / Math.max(1, (presentInside[family] ?? 0) - ownPlace);
  // One outsider more than was seen stands for the unseen.
  const outside = (Math.max(0, shareOutside) + 1) / ((presentOutside[family] ?? 0) + 1);
  return Math.log(inside / outside);
}
