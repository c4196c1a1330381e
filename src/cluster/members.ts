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
  const isMember = use.isMember(entity);
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const gain = valueLogOdds(graph, link, use, background, isMember);
    if (gain === undefined) continue;
    const family = graph.valueFamily[graph.entityValues[link] ?? 0] ?? 0;
    odds[start + family] =
      (odds[start + family] ?? 0) + (graph.entityShares[link] ?? 0) * (gain - (background.unsharedOdds[family] ?? 0));
  }
}

/** ln(odds) of one query that carries the link's value, or undefined where no other member uses it. */
function valueLogOdds(
  graph: EvidenceGraph,
  link: number,
  use: MemberUse,
  { presentInside, presentOutside }: Background,
  isMember: boolean,
): number | undefined {
  const value = graph.entityValues[link] ?? 0;
  const family = graph.valueFamily[value] ?? 0;
  const own = graph.entityShares[link] ?? 0;
  const ownPlace = isMember ? 1 : 0;
  if (use.sharersOf(value) - ownPlace < 1) return undefined;
  const shareInside = use.sharesOf(value) - (isMember ? own : 0);
  const shareOutside = (graph.valueShare[value] ?? 0) - shareInside - own;
  const inside = Math.max(shareInside, 1e-6) / Math.max(1, (presentInside[family] ?? 0) - ownPlace);
  // One outsider more than was seen stands for the unseen.
  const outside = (Math.max(0, shareOutside) + 1) / ((presentOutside[family] ?? 0) + 1);
  return Math.log(inside / outside);
}
