import { sum } from 'simple-statistics';
import type { MemberTest } from './members.ts';
import type { Support } from './support.ts';

/** A group with the evidence for each of its members, and the families that hold most of them. */
type Explained = Pick<MemberTest, 'entities' | 'familyLogOdds'> & Pick<Support, 'families'>;

/**
 * Of groups that overlap, those that explain their members best, from small to large: a group takes the place of smaller
 * ones inside it unless they explain more than it does.
 */
export function bestGroups<Group extends Explained>(found: readonly Group[], population: number): Group[] {
  const explained = new Map(found.map((group) => [group, explain(group, population)]));
  const explanation = (group: Group) => explained.get(group) ?? { odds: 0, evidence: new Map<number, number>() };
  const bySize = [...found].sort(
    (left, right) => left.entities.length - right.entities.length || explanation(right).odds - explanation(left).odds,
  );
  const kept = new Set<Group>();
  const owners = new Map<number, Group[]>();
  for (const group of bySize) {
    const common = new Map<Group, number>();
    for (const other of [...group.entities].flatMap((entity) => owners.get(entity) ?? [])) {
      common.set(other, (common.get(other) ?? 0) + 1);
    }
    const rivals = [...common.keys()].filter(
      (other) => kept.has(other) && 2 * (common.get(other) ?? 0) > other.entities.length,
    );
    const replaced = rivals.filter((rival) => !standsBeside(rival, group, explanation));
    if (replaced.length > 0 && isBetterApart(explanation(group), replaced.map(explanation))) continue;
    for (const rival of replaced) kept.delete(rival);
    kept.add(group);
    for (const entity of group.entities) owners.set(entity, [...(owners.get(entity) ?? []), group]);
  }
  return [...kept];
}

interface Explanation {
  /** Of each member, nats, from the families that hold most of them: what only a corner has in common explains nothing. */
  readonly evidence: ReadonlyMap<number, number>;
  /** All of it, with the odds that so many random entities are members. */
  readonly odds: number;
}

function explain({ entities, families, familyLogOdds }: Explained, population: number): Explanation {
  const evidence = new Map<number, number>();
  let odds = entities.length * Math.log(entities.length / population);
  entities.forEach((entity, position) => {
    const own = familyLogOdds.subarray(position * families.length, (position + 1) * families.length);
    const nats = own.reduce(
      (total, one, family) => total + (families[family]?.isSupported ? one : Math.min(0, one)),
      0,
    );
    evidence.set(entity, nats);
    odds += nats;
  });
  return { evidence, odds };
}

/**
 * A ring whose members are users of a product as well: it is a corner of the product's users, held by a family of evidence
 * that does not hold them, and this says more of its members than what they have in common with the rest.
 */
function standsBeside<Group extends Explained>(
  ring: Group,
  crowd: Group,
  explanation: (group: Group) => Explanation,
): boolean {
  const holdsRingAlone = ring.families.some(
    ({ isSupported }, family) => isSupported && crowd.families[family]?.isSupported !== true,
  );
  const isCorner = 2 * ring.entities.length < crowd.entities.length;
  return isCorner && holdsRingAlone && saysMoreOfParts(explanation(crowd), [explanation(ring)]);
}

/**
 * Parts that hold most of a whole are weighed by what they say of their own members, those that hold less by the excess of
 * mass of Campello et al. (2013).
 */
function isBetterApart(whole: Explanation, parts: readonly Explanation[]): boolean {
  const entities = new Set(parts.flatMap((part) => [...part.evidence.keys()]));
  const common = [...entities].filter((entity) => whole.evidence.has(entity));
  if (2 * common.length >= whole.evidence.size) return saysMoreOfParts(whole, parts);
  return sum(parts.map((part) => part.odds)) >= whole.odds;
}

/**
 * Whether parts say more of their own members than the whole does. How many members there are says nothing here: two
 * networks side by side would gain by it, since a query tells of one of them.
 */
function saysMoreOfParts(whole: Explanation, parts: readonly Explanation[]): boolean {
  const members = parts.flatMap((part) => [...part.evidence]);
  return sum(members.map(([, nats]) => nats)) >= sum(members.map(([entity]) => whole.evidence.get(entity) ?? 0));
}
