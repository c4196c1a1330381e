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

/** ln(odds), by family, of having values of it at all, of having none, and of a query with a value that no other member uses. */
interface Absence {
  readonly presentOdds: Float64Array;
  readonly absentOdds: Float64Array;
  readonly unsharedOdds: Float64Array;
}

const rounds = 12;

/**
 * Decides who belongs to a community. For every entity that uses one of its values, and every one inside: per family, the
 * mean over the entity's queries of ln(how often members' queries carry the value / how often everybody else's do), and
 * over families the sum, with the odds that a random entity is a member. Repeats until the set stands. An entity's own
 * queries never count for it. So a stranger who now and then calls from a proxy speaks mostly for himself, and in a
 * network that mixes in other people's traffic the mixture is expected of every member.
 * The odds are those of Fellegi and Sunter (1969), learned from the community itself. `use` is counted anew.
 */
export function testMembers(graph: EvidenceGraph, seed: Int32Array, use: MemberUse): MemberTest {
  let members = seed;
  let test = score(graph, members, use);
  for (let round = 0; round < rounds; round += 1) {
    const kept = test.entities.filter((_, position) => (test.logOdds[position] ?? 0) > 0);
    if (sameEntities(kept, members)) break;
    members = kept;
    if (members.length < 2) break;
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

function sameEntities(left: Int32Array, right: Int32Array): boolean {
  return left.length === right.length && left.every((entity, position) => entity === right[position]);
}

function score(graph: EvidenceGraph, members: Int32Array, use: MemberUse): MemberTest {
  use.count(members);
  const absence = absenceOf(graph, use);
  const entities = use.candidates();
  const familyLogOdds = new Float64Array(entities.length * graph.familyCount);
  const logOdds = new Float64Array(entities.length).fill(Math.log(members.length / graph.population));
  for (let position = 0; position < entities.length; position += 1) {
    const start = position * graph.familyCount;
    scoreEntity(graph, entities[position] ?? 0, use, absence, familyLogOdds, start);
    for (let family = 0; family < graph.familyCount; family += 1) {
      logOdds[position] = (logOdds[position] ?? 0) + (familyLogOdds[start + family] ?? 0);
    }
  }
  return { entities, familyLogOdds, logOdds };
}

/** What having nothing in common says, by how often members have and strangers do. Half a member keeps the odds finite. */
function absenceOf(graph: EvidenceGraph, use: MemberUse): Absence {
  const present = new Float64Array(graph.familyCount);
  const unshared = new Float64Array(graph.familyCount);
  for (const entity of use.members) {
    for (let family = 0; family < graph.familyCount; family += 1) {
      const isPresent = ((graph.present[entity] ?? 0) >> family) & 1;
      present[family] = (present[family] ?? 0) + isPresent;
      unshared[family] = (unshared[family] ?? 0) + isPresent;
    }
    for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
      const value = graph.entityValues[link] ?? 0;
      const family = graph.valueFamily[value] ?? 0;
      if (use.sharersOf(value) > 1) unshared[family] = (unshared[family] ?? 0) - (graph.entityShares[link] ?? 0);
    }
  }
  const memberCount = use.members.length;
  const count = memberCount + 1;
  const everywhere = (family: number) => graph.presentShare[family] ?? 0;
  return {
    presentOdds: present.map((sum, family) =>
      Math.log((sum + 0.5) / count / Math.max(everywhere(family), 0.5 / graph.population)),
    ),
    absentOdds: present.map((sum, family) =>
      Math.log((memberCount - sum + 0.5) / count / Math.max(1 - everywhere(family), 0.5 / graph.population)),
    ),
    unsharedOdds: unshared.map((sum, family) => Math.log((Math.max(0, sum) + 0.5) / ((present[family] ?? 0) + 1))),
  };
}

/** Fills in one entity's ln(odds), one number a family from `start` on. */
function scoreEntity(
  graph: EvidenceGraph,
  entity: number,
  use: MemberUse,
  absence: Absence,
  odds: Float64Array,
  start: number,
): void {
  const present = graph.present[entity] ?? 0;
  for (let family = 0; family < graph.familyCount; family += 1) {
    const isPresent = ((present >> family) & 1) === 1;
    // At first all of its queries count as unshared; each shared value takes its share out again.
    odds[start + family] = isPresent
      ? (absence.presentOdds[family] ?? 0) + (absence.unsharedOdds[family] ?? 0)
      : (absence.absentOdds[family] ?? 0);
  }
  const isMember = use.isMember(entity);
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const gain = valueLogOdds(graph, link, use, isMember);
    if (gain === undefined) continue;
    const family = graph.valueFamily[graph.entityValues[link] ?? 0] ?? 0;
    odds[start + family] =
      (odds[start + family] ?? 0) + (graph.entityShares[link] ?? 0) * (gain - (absence.unsharedOdds[family] ?? 0));
  }
}

/** ln(odds) of one query that carries the link's value, or undefined where no other member uses it. */
function valueLogOdds(graph: EvidenceGraph, link: number, use: MemberUse, isMember: boolean): number | undefined {
  const value = graph.entityValues[link] ?? 0;
  const own = graph.entityShares[link] ?? 0;
  const memberCount = use.members.length;
  const othersInside = use.sharersOf(value) - (isMember ? 1 : 0);
  if (othersInside < 1) return undefined;
  const shareInside = use.sharesOf(value) - (isMember ? own : 0);
  const shareOutside = (graph.valueShare[value] ?? 0) - shareInside - own;
  const inside = Math.max(shareInside, 1e-6) / Math.max(1, memberCount - (isMember ? 1 : 0));
  // One outsider more than was seen stands for the unseen.
  const outside = (Math.max(0, shareOutside) + 1) / Math.max(1, graph.population - memberCount);
  return Math.log(inside / outside);
}
