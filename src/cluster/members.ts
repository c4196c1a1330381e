import type { EvidenceGraph } from './graph.ts';

/** A set of entities with the evidence for each of them. */
export interface MemberTest {
  readonly entities: Int32Array;
  /** For each entity, one number a family: ln(odds of its evidence inside against outside), nats. */
  readonly familyLogOdds: Float64Array;
  /** For each entity: the sum over families and the prior. */
  readonly logOdds: Float64Array;
}

/** How the members of a cluster use values; shares are sums over members. */
export interface MemberUse {
  readonly memberCount: number;
  readonly members: ReadonlySet<number>;
  /** Members that use each value. */
  readonly sharers: ReadonlyMap<number, number>;
  /** Sum of members' shares of each value. */
  readonly shares: ReadonlyMap<number, number>;
  /** ln(odds) of having values of a family at all, of having none, and of a query with a value that no other member uses. */
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
 * The odds are those of Fellegi and Sunter (1969), learned from the community itself.
 */
export function testMembers(graph: EvidenceGraph, seed: Int32Array): MemberTest {
  let members = seed;
  let test = score(graph, members);
  for (let round = 0; round < rounds; round += 1) {
    const kept = test.entities.filter((_, position) => (test.logOdds[position] ?? 0) > 0);
    if (sameEntities(kept, members)) break;
    members = kept;
    if (members.length < 2) break;
    test = score(graph, members);
  }
  return select(test, graph.familyCount, new Set(members));
}

function select(test: MemberTest, familyCount: number, wanted: ReadonlySet<number>): MemberTest {
  const positions = [...test.entities.keys()].filter((position) => wanted.has(test.entities[position] ?? -1));
  return {
    entities: Int32Array.from(positions, (position) => test.entities[position] ?? 0),
    logOdds: Float64Array.from(positions, (position) => test.logOdds[position] ?? 0),
    familyLogOdds: Float64Array.from(
      positions.flatMap((position) => [
        ...test.familyLogOdds.subarray(position * familyCount, (position + 1) * familyCount),
      ]),
    ),
  };
}

function sameEntities(left: Int32Array, right: Int32Array): boolean {
  return left.length === right.length && left.every((entity, position) => entity === right[position]);
}

function score(graph: EvidenceGraph, members: Int32Array): MemberTest {
  const use = memberUse(graph, members);
  const entities = candidates(graph, use);
  const familyLogOdds = new Float64Array(entities.length * graph.familyCount);
  const logOdds = new Float64Array(entities.length);
  const prior = Math.log(members.length / graph.population);
  entities.forEach((entity, position) => {
    const odds = familyLogOdds.subarray(position * graph.familyCount, (position + 1) * graph.familyCount);
    scoreEntity(graph, entity, use, odds);
    logOdds[position] = odds.reduce((sum, value) => sum + value, prior);
  });
  return { entities, familyLogOdds, logOdds };
}

/** Whether mostly members, and at least two of them, use a value. */
export function isOwned(graph: EvidenceGraph, value: number, sharersInside: number): boolean {
  const sharers = (graph.valueOffsets[value + 1] ?? 0) - (graph.valueOffsets[value] ?? 0);
  return sharersInside > 1 && sharersInside * 2 >= sharers;
}

export function memberUse(graph: EvidenceGraph, members: Int32Array): MemberUse {
  const sharers = new Map<number, number>();
  const shares = new Map<number, number>();
  for (const entity of members) {
    for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
      const value = graph.entityValues[link] ?? 0;
      sharers.set(value, (sharers.get(value) ?? 0) + 1);
      shares.set(value, (shares.get(value) ?? 0) + (graph.entityShares[link] ?? 0));
    }
  }
  return {
    memberCount: members.length,
    members: new Set(members),
    sharers,
    shares,
    ...absence(graph, members, sharers),
  };
}

/** What having nothing in common says, by how often members have and strangers do. Half a member keeps the odds finite. */
function absence(graph: EvidenceGraph, members: Int32Array, sharers: ReadonlyMap<number, number>) {
  const present = new Float64Array(graph.familyCount);
  const unshared = new Float64Array(graph.familyCount);
  for (const entity of members) {
    for (let family = 0; family < graph.familyCount; family += 1) {
      const isPresent = ((graph.present[entity] ?? 0) >> family) & 1;
      present[family] = (present[family] ?? 0) + isPresent;
      unshared[family] = (unshared[family] ?? 0) + isPresent;
    }
    for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
      const value = graph.entityValues[link] ?? 0;
      const family = graph.valueFamily[value] ?? 0;
      if ((sharers.get(value) ?? 0) > 1) unshared[family] = (unshared[family] ?? 0) - (graph.entityShares[link] ?? 0);
    }
  }
  const count = members.length + 1;
  const everywhere = (family: number) => graph.presentShare[family] ?? 0;
  return {
    presentOdds: present.map((sum, family) =>
      Math.log((sum + 0.5) / count / Math.max(everywhere(family), 0.5 / graph.population)),
    ),
    absentOdds: present.map((sum, family) =>
      Math.log((members.length - sum + 0.5) / count / Math.max(1 - everywhere(family), 0.5 / graph.population)),
    ),
    unsharedOdds: unshared.map((sum, family) => Math.log((Math.max(0, sum) + 0.5) / ((present[family] ?? 0) + 1))),
  };
}

function candidates(graph: EvidenceGraph, use: MemberUse): Int32Array {
  const found = new Set(use.members);
  for (const [value, count] of use.sharers) {
    if (!isOwned(graph, value, count)) continue;
    for (let link = graph.valueOffsets[value] ?? 0; link < (graph.valueOffsets[value + 1] ?? 0); link += 1) {
      found.add(graph.valueEntities[link] ?? 0);
    }
  }
  return Int32Array.from(found).sort();
}

/** Fills in one entity's ln(odds), one number a family. */
function scoreEntity(graph: EvidenceGraph, entity: number, use: MemberUse, odds: Float64Array): void {
  const present = graph.present[entity] ?? 0;
  for (let family = 0; family < odds.length; family += 1) {
    const isPresent = ((present >> family) & 1) === 1;
    // At first all of its queries count as unshared; each shared value takes its share out again.
    odds[family] = isPresent
      ? (use.presentOdds[family] ?? 0) + (use.unsharedOdds[family] ?? 0)
      : (use.absentOdds[family] ?? 0);
  }
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const gain = valueLogOdds(graph, link, use, use.members.has(entity));
    if (gain === undefined) continue;
    const family = graph.valueFamily[graph.entityValues[link] ?? 0] ?? 0;
    odds[family] = (odds[family] ?? 0) + (graph.entityShares[link] ?? 0) * (gain - (use.unsharedOdds[family] ?? 0));
  }
}

/** ln(odds) of one query that carries the link's value, or undefined where no other member uses it. */
function valueLogOdds(graph: EvidenceGraph, link: number, use: MemberUse, isMember: boolean): number | undefined {
  const value = graph.entityValues[link] ?? 0;
  const own = graph.entityShares[link] ?? 0;
  const othersInside = (use.sharers.get(value) ?? 0) - (isMember ? 1 : 0);
  if (othersInside < 1) return undefined;
  const shareInside = (use.shares.get(value) ?? 0) - (isMember ? own : 0);
  const shareOutside = (graph.valueShare[value] ?? 0) - shareInside - own;
  const inside = Math.max(shareInside, 1e-6) / Math.max(1, use.memberCount - (isMember ? 1 : 0));
  // One outsider more than was seen stands for the unseen.
  const outside = (Math.max(0, shareOutside) + 1) / Math.max(1, graph.population - use.memberCount);
  return Math.log(inside / outside);
}
