import type { EvidenceGraph } from './graph.ts';

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
 * Decides who belongs to a community: for every entity that shares one of its values, and every one inside, the odds of
 * the entity's values under membership against those in the rest of the population, one best value a family, times the
 * odds that a random entity is a member. Repeats until the set stands. To have no value of a family, or
 * none that members use, counts by how often members and strangers do.
 * The odds are those of Fellegi and Sunter (1969); an entity's own links never count for it.
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
  return select(test, graph.familyCount, members);
}

function select(test: MemberTest, familyCount: number, members: Int32Array): MemberTest {
  const wanted = new Set(members);
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
  const inside = sharersInside(graph, members);
  const isMember = new Set(members);
  const entities = candidates(graph, members, inside);
  const absence = absenceOdds(graph, members, inside);
  const familyLogOdds = new Float64Array(entities.length * graph.familyCount);
  const logOdds = new Float64Array(entities.length);
  const prior = Math.log(members.length / graph.population);
  entities.forEach((entity, position) => {
    const odds = familyLogOdds.subarray(position * graph.familyCount, (position + 1) * graph.familyCount);
    scoreEntity(graph, entity, isMember.has(entity) ? 1 : 0, members.length, inside, absence, odds);
    logOdds[position] = odds.reduce((sum, value) => sum + value, prior);
  });
  return { entities, familyLogOdds, logOdds };
}

/** Number of members that use each value. */
export function sharersInside(graph: EvidenceGraph, members: Int32Array): ReadonlyMap<number, number> {
  const inside = new Map<number, number>();
  for (const entity of members) {
    for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
      const value = graph.entityValues[link] ?? 0;
      inside.set(value, (inside.get(value) ?? 0) + 1);
    }
  }
  return inside;
}

/** Whether mostly members, and at least two of them, use a value. */
export function isOwned(graph: EvidenceGraph, value: number, insideCount: number): boolean {
  const sharers = (graph.valueOffsets[value + 1] ?? 0) - (graph.valueOffsets[value] ?? 0);
  return insideCount > 1 && insideCount * 2 >= sharers;
}

function candidates(graph: EvidenceGraph, members: Int32Array, inside: ReadonlyMap<number, number>): Int32Array {
  const found = new Set(members);
  for (const [value, count] of inside) {
    if (!isOwned(graph, value, count)) continue;
    for (let link = graph.valueOffsets[value] ?? 0; link < (graph.valueOffsets[value + 1] ?? 0); link += 1) {
      found.add(graph.valueEntities[link] ?? 0);
    }
  }
  return Int32Array.from(found).sort();
}

/** ln(odds) of having no value of a family at all, and of having only values that no other member uses. */
interface AbsenceOdds {
  readonly absent: Float64Array;
  readonly unshared: Float64Array;
}

/** Absence speaks as well: how often members show it, over how often the population does. Half a member keeps it off 0. */
function absenceOdds(graph: EvidenceGraph, members: Int32Array, inside: ReadonlyMap<number, number>): AbsenceOdds {
  const absent = new Float64Array(graph.familyCount);
  const unshared = new Float64Array(graph.familyCount);
  for (const entity of members) {
    const shared = sharedFamilies(graph, entity, inside);
    for (let family = 0; family < graph.familyCount; family += 1) {
      const isPresent = ((graph.present[entity] ?? 0) >> family) & 1;
      if (isPresent === 0) absent[family] = (absent[family] ?? 0) + 1;
      else if (((shared >> family) & 1) === 0) unshared[family] = (unshared[family] ?? 0) + 1;
    }
  }
  const odds = (count: number, share: number) => Math.log((count + 0.5) / (members.length + 1) / Math.max(share, 1e-6));
  return {
    absent: absent.map((count, family) => odds(count, 1 - (graph.presentShare[family] ?? 0))),
    unshared: unshared.map((count, family) => odds(count, graph.presentShare[family] ?? 0)),
  };
}

function sharedFamilies(graph: EvidenceGraph, entity: number, inside: ReadonlyMap<number, number>): number {
  let bits = 0;
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const value = graph.entityValues[link] ?? 0;
    if ((inside.get(value) ?? 0) > 1) bits |= 1 << (graph.valueFamily[value] ?? 0);
  }
  return bits;
}

/** Fills in one entity's odds, one number a family: its best value there, or what the lack of one says. */
function scoreEntity(
  graph: EvidenceGraph,
  entity: number,
  self: 0 | 1,
  memberCount: number,
  inside: ReadonlyMap<number, number>,
  absence: AbsenceOdds,
  odds: Float64Array,
): void {
  const valueCounts = new Int32Array(graph.familyCount);
  odds.fill(Number.NEGATIVE_INFINITY);
  const others = Math.max(1, memberCount - self);
  const outsiders = Math.max(1, graph.population - memberCount);
  for (let link = graph.entityOffsets[entity] ?? 0; link < (graph.entityOffsets[entity + 1] ?? 0); link += 1) {
    const value = graph.entityValues[link] ?? 0;
    const family = graph.valueFamily[value] ?? 0;
    valueCounts[family] = (valueCounts[family] ?? 0) + 1;
    const insideOthers = (inside.get(value) ?? 0) - self;
    if (insideOthers < 1) continue;
    const sharers = (graph.valueOffsets[value + 1] ?? 0) - (graph.valueOffsets[value] ?? 0);
    // The entity itself is neither inside nor outside; one outsider more than was seen stands for the unseen.
    const outside = sharers - 1 - insideOthers + 1;
    odds[family] = Math.max(odds[family] ?? 0, Math.log(((insideOthers / others) * outsiders) / outside));
  }
  for (let family = 0; family < graph.familyCount; family += 1) {
    if (odds[family] === Number.NEGATIVE_INFINITY) {
      const isPresent = ((graph.present[entity] ?? 0) >> family) & 1;
      odds[family] = (isPresent === 1 ? absence.unshared[family] : absence.absent[family]) ?? 0;
    } else {
      // An entity with many values has as many chances to hit one of the cluster's.
      odds[family] = (odds[family] ?? 0) - Math.log(Math.max(1, valueCounts[family] ?? 1));
    }
  }
}
