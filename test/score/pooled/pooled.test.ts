import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/model/cluster.ts';
import { accountTests } from '../../../src/score/pooled/account-tests.ts';
import { createDrawer } from '../../../src/score/pooled/draws.ts';
import { peel } from '../../../src/score/pooled/peel.ts';
import { lowerTailOfStudent } from '../../../src/score/pooled/student.ts';
import { combined, type PooledResult } from '../../../src/score/pooled/test.ts';
import { pooledVerdict } from '../../../src/score/pooled/verdict.ts';
import type { AccountColumns } from '../../../src/score/traffic.ts';
import { seededRandom } from '../../../src/util/random.ts';

const accountCount = 400;

/** Accounts as different as strangers, save that the first `workers` have one load and one length of answers. */
function columnsOf(workers: number): AccountColumns {
  const random = seededRandom(5);
  const zeros = new Float64Array(accountCount);
  const values = (of: (isWorker: boolean) => number) =>
    Float64Array.from({ length: accountCount }, (_, account) => of(account < workers));
  return {
    queries: values((isWorker) => (isWorker ? 300 : 30 * Math.exp(4 * random()))),
    inputTokens: zeros,
    outputTokens: zeros,
    cachedTokens: zeros,
    meanLogInput: values((isWorker) => (isWorker ? 6 + 0.05 * random() : 3 + 6 * random())),
    meanLogOutput: values((isWorker) => (isWorker ? 7 + 0.05 * random() : 3 + 6 * random())),
    activeDays: values((isWorker) => (isWorker ? 10 : 4 + Math.floor(20 * random()))),
    firstSeenMs: zeros,
    lastSeenMs: zeros,
    createdAtMs: values((isWorker) => 86_400_000 * (isWorker ? 20_000 + random() : 19_000 + 1000 * random())),
    models: () => 'large-4',
    has: () => true,
  };
}

function result(id: string, pValue: number): PooledResult {
  const test = accountTests.find((one) => one.id === id) ?? {
    id,
    family: id === 'dealt-out-work' ? ('content' as const) : ('timing' as const),
    matchesVolume: true,
    explain: () => '',
  };
  return { test, observed: 0, expected: 1, pValue };
}

describe('probabilities', () => {
  it.each([
    [-12.706, 1, 0.025],
    [-2.571, 5, 0.025],
    [-2.447, 6, 0.025],
    [0, 3, 0.5],
    [1.943, 6, 0.95],
  ])('Student: t = %d with %d degrees', (t, degrees, expected) => {
    expect(lowerTailOfStudent(t, degrees)).toBeCloseTo(expected, 3);
  });

  it('combines p-values: one small one among ordinary ones stays small, ordinary ones stay ordinary', () => {
    expect(combined([1e-12, 0.5, 0.9])).toBeLessThan(1e-10);
    expect(combined([0.4, 0.5, 0.6])).toBeCloseTo(0.5, 5);
    expect(combined([])).toBe(1);
    expect(combined([1e-300])).toBeLessThan(1e-250);
  });
});

describe('draws', () => {
  it('take outsiders of about the same volume, never suspects', () => {
    const columns = columnsOf(40);
    const suspects = new Set(Array.from({ length: 40 }, (_, account) => account));
    const drawn = createDrawer(columns, suspects, seededRandom(1))(Int32Array.from(suspects), true)();
    for (const account of drawn) {
      expect(suspects.has(account)).toBe(false);
      expect(Math.abs(Math.log2((columns.queries[account] ?? 1) / 300))).toBeLessThan(1.01);
    }
  });
});

describe('tests of accounts', () => {
  it('give workers of one queue less spread than strangers, in calls, loads and births', () => {
    const columns = columnsOf(40);
    const workers = Int32Array.from({ length: 40 }, (_, account) => account);
    const strangers = workers.map((account) => account + 100);
    for (const test of accountTests) {
      expect(test.figure(columns, workers)).toBeLessThan(test.figure(columns, strangers) ?? Number.NEGATIVE_INFINITY);
    }
  });

  it('say nothing of accounts too few or too quiet', () => {
    const columns = { ...columnsOf(0), queries: new Float64Array(accountCount).fill(3) };
    expect(accountTests[0]?.figure(columns, Int32Array.of(1, 2, 3, 4))).toBeUndefined();
  });
});

describe('the verdict', () => {
  const strong = [result('alike-calls', 1e-9), result('flat-loads', 1e-9), result('births-together', 1e-9)];

  it('needs most tests of other families than those that linked the cluster', () => {
    expect(pooledVerdict(strong, new Set(['content'])).worksAsOne).toBe(true);
    expect(pooledVerdict(strong, new Set(['shape', 'timing'])).worksAsOne).toBe(false);
    expect(pooledVerdict([...strong.slice(0, 1), result('flat-loads', 0.4)], new Set()).worksAsOne).toBe(false);
  });

  it('is no where calls differ from member to member as they do among strangers', () => {
    const [, ...others] = strong;
    const dealt = result('dealt-out-work', 1e-9);
    expect(pooledVerdict([...others, dealt, result('alike-calls', 0.5)], new Set()).worksAsOne).toBe(false);
    expect(pooledVerdict([...others, dealt, result('alike-calls', 0.05)], new Set()).worksAsOne).toBe(true);
  });

  it('sees through a product where any account could have any prompt, and another test speaks', () => {
    const alike = result('interchangeable-work', 1e-9);
    const linking = new Set(['content', 'shape'] as const);
    expect(pooledVerdict([...strong, alike], linking).isInterchangeable).toBe(true);
    expect(pooledVerdict([alike], linking).isInterchangeable).toBe(false);
    expect(pooledVerdict([alike, result('alike-calls', 1e-9)], new Set(['content'])).isInterchangeable).toBe(false);
    expect(pooledVerdict([...strong, alike, result('dealt-out-work', 0.999)], linking).isInterchangeable).toBe(false);
    expect(pooledVerdict(strong, linking).isInterchangeable).toBe(false);
  });

  it('knows a crowd, which sends the same prompts in calls as unlike as those of strangers', () => {
    const crowd = [result('dealt-out-work', 0.999), result('alike-calls', 0.5)];
    expect(pooledVerdict([...strong.slice(1), ...crowd], new Set()).actsAsCrowd).toBe(true);
    expect(pooledVerdict([...strong, result('dealt-out-work', 0.999)], new Set()).actsAsCrowd).toBe(false);
    expect(pooledVerdict([result('dealt-out-work', 0.5), result('alike-calls', 0.5)], new Set()).actsAsCrowd).toBe(
      false,
    );
  });

  it('is no where members repeat each other more than strangers do', () => {
    expect(pooledVerdict([...strong, result('dealt-out-work', 0.999)], new Set()).worksAsOne).toBe(false);
    expect(pooledVerdict([...strong, result('dealt-out-work', 0.5)], new Set()).worksAsOne).toBe(true);
  });
});

describe('an account unlike the others', () => {
  const first = (count: number) => Array.from({ length: count }, (_, account) => account);
  const strangers = [250, 251];

  function clusterOf(accounts: readonly number[]): Cluster {
    const entities = Int32Array.from(accounts);
    const count = entities.length;
    return {
      entities,
      core: new Uint8Array(count),
      logOdds: new Float64Array(count).fill(3),
      familyLogOdds: new Float64Array(count),
      families: [
        { family: 'shape', present: count, covered: count, values: 1, topShare: 1, logOdds: 5, isSupported: true },
      ],
      values: new Int32Array(),
      surprise: 0,
      expectedFalse: 1,
    };
  }

  const alike = [result('alike-calls', 1e-9), result('flat-loads', 1e-9)];

  it('falls out where the others are alike', () => {
    const columns = columnsOf(40);
    expect([...(peel(clusterOf([...first(40), ...strangers]), columns, alike)?.entities ?? [])]).toEqual(first(40));
    const unlike = peel(clusterOf([...first(40), ...strangers]), columns, [result('alike-calls', 0.5)]);
    expect([...(unlike?.entities ?? [])]).toEqual([...first(40), ...strangers]);
  });

  it('takes the cluster with it where too few are left: a pair is no network', () => {
    expect(peel(clusterOf([...first(2), 250]), columnsOf(2), alike)).toBeUndefined();
  });
});
