import { describe, expect, it } from 'vitest';
import type { EvidenceGraph } from '../../src/cluster/graph.ts';
import { MemberUse } from '../../src/cluster/member-use.ts';
import { type MemberTest, testMembers } from '../../src/cluster/members.ts';
import { graphOf } from './graph-of.ts';

const range = (from: number, count: number) => Array.from({ length: count }, (_, position) => from + position);
const population = 200;
const members = range(0, 10);

/**
 * Members send most of their queries in a shape of their own (value 0). Of members and of others the same part calls with
 * a common client (value 1), in a third of the queries; the rest of everybody's clients are his own. `holders` have any
 * value of the family of the clients.
 */
function graph(holders: number): EvidenceGraph {
  const users = range(0, population).filter((entity) => entity % 2 === 0 && entity < holders);
  const one = graphOf(population, [
    ...members.map((entity) => [entity, 0] as const),
    ...users.map((entity) => [entity, 1] as const),
  ]);
  const share = (value: number) => (value === 0 ? 0.9 : 1 / 3);
  return {
    ...one,
    families: ['shape', 'identity'],
    familyCount: 2,
    valueFamily: Int32Array.of(0, 1),
    entityShares: Float64Array.from(one.entityValues, share),
    valueShare: Float64Array.of(0.9 * members.length, users.length / 3),
    present: Int32Array.from(range(0, population), (entity) => (entity < holders ? 3 : 1)),
    presentCount: Int32Array.of(population, holders),
  };
}

function test(one: EvidenceGraph): MemberTest {
  return testMembers(one, Int32Array.from(members), new MemberUse(one));
}

const odds = ({ entities, familyLogOdds }: MemberTest, family: number) =>
  [...entities.keys()].map((position) => familyLogOdds[position * 2 + family] ?? 0);

describe('testMembers', () => {
  it('holds nothing of their own against members where strangers have as much of their own', () => {
    const found = test(graph(population));
    expect([...found.entities]).toEqual(members);
    for (const nats of odds(found, 1)) expect(Math.abs(nats)).toBeLessThan(0.15);
  });

  it('counts what only members have once, by how rare it is among all', () => {
    const found = test(graph(members.length));
    const ofHaving = Math.log(10.5 / 11 / (0.5 / (population - members.length + 1)));
    const most = Math.max(...odds(found, 1));
    expect(most).toBeGreaterThan(ofHaving - 1);
    expect(most).toBeLessThan(ofHaving + 1);
  });
});
