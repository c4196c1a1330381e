import { describe, expect, it } from 'vitest';
import { profiles } from '../../src/config/profile.ts';
import type { FamilySupport } from '../../src/model/cluster.ts';
import type { Family, Level } from '../../src/model/report.ts';
import { type Findings, innocentCauses } from '../../src/score/innocent.ts';
import { levelOf } from '../../src/score/level.ts';

/** What a level is decided on: which families hold, how rare by chance, how much it looks like harvesting. */
function findings(
  supported: readonly Family[],
  expectedFalse: number,
  extraction: number,
  worksAsOne = false,
): Findings {
  const families = supported.map(
    (family): FamilySupport => ({
      family,
      present: 10,
      covered: 10,
      values: 2,
      topShare: 0.5,
      logOdds: 5,
      isSupported: true,
    }),
  );
  const cluster = {
    entities: new Int32Array(10),
    core: new Uint8Array(10),
    logOdds: new Float64Array(10),
    familyLogOdds: new Float64Array(10 * supported.length),
    families,
    values: new Int32Array(),
    surprise: 50,
    expectedFalse,
  };
  const support = (family: Family) => families.find((one) => one.family === family);
  // The rest plays no part in the level of the evidence itself.
  const pooled = { results: [], worksAsOne, pValue: 1 };
  return { cluster, extraction, support, pooled, worksAsOne, expectedFalse } as unknown as Findings;
}

describe('levels by profile', () => {
  it.each<[readonly Family[], number, number, (Level | undefined)[]]>([
    [['identity', 'content'], 1e-4, 0.9, ['high', 'high', 'high']],
    [['identity', 'content'], 5e-3, 0.9, ['medium', 'high', 'high']],
    [['identity', 'content'], 0.03, 0.9, [undefined, 'medium', 'high']],
    [['identity', 'content'], 0.5, 0.55, [undefined, 'low', 'low']],
    [['identity'], 0.5, 0.45, [undefined, 'low', 'low']],
    [['content'], 0.5, 0.9, [undefined, undefined, 'low']],
    [[], 0.5, 0.9, [undefined, undefined, undefined]],
  ])('%j, expected false %d, extraction %d: %j', (families, expectedFalse, extraction, expected) => {
    const { strict, balanced, sensitive } = profiles;
    const found = findings(families, expectedFalse, extraction);
    expect([strict, balanced, sensitive].map((profile) => levelOf(found, [], profile))).toEqual(expected);
  });

  it('one family is enough where the pooled traffic works as one, beyond chance', () => {
    expect(levelOf(findings(['content'], 1e-4, 0.4, true), [], profiles.balanced)).toBe('medium');
    expect(levelOf(findings(['content'], 1e-4, 0.4, false), [], profiles.balanced)).toBe(undefined);
    expect(levelOf(findings(['content'], 0.5, 0.4, true), [], profiles.balanced)).toBe(undefined);
  });

  it('an innocent cause caps the level first, and the profile judges what is left', () => {
    const cause = { id: 'office', text: 'an office', fits: () => true, highest: 'low' } as const;
    const found = findings(['identity', 'content'], 1e-4, 0.9);
    expect(levelOf(found, [cause], profiles.balanced)).toBe('low');
    expect(levelOf(found, [cause], profiles.strict)).toBe(undefined);
  });

  it('a handful with cards and places in common is a household, unless they share work too or work as one', () => {
    const cause = innocentCauses.find(({ id }) => id === 'flat-share');
    const handful = (families: readonly Family[], worksAsOne: boolean): Findings => {
      const found = findings(families, 1e-4, 0.9, worksAsOne);
      return { ...found, cluster: { ...found.cluster, entities: new Int32Array(5) } };
    };
    expect(cause?.fits(handful(['identity', 'network'], false))).toBe(true);
    expect(cause?.fits(handful(['identity', 'network'], true))).toBe(false);
    expect(cause?.fits(handful(['identity', 'content'], false))).toBe(false);
    expect(cause?.fits(findings(['identity', 'network'], 1e-4, 0.9))).toBe(false);
  });
});
