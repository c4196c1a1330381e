import { cumulativeStdNormalProbability, mean, sampleStandardDeviation } from 'simple-statistics';
import type { RunContext } from '../../engine/context.ts';
import { sql } from '../../engine/sql.ts';
import type { Calls } from '../../model/calls.ts';
import type { AccountFeatures } from '../../model/features.ts';
import { seededRandom } from '../../util/random.ts';
import type { AccountColumns } from '../traffic.ts';
import { type AccountTest, accountTests } from './account-tests.ts';
import { type CallTest, callTests, storeDraws } from './call-tests.ts';
import { createDrawer, type Drawer } from './draws.ts';
import { storeSampledPrompts } from './sampled-prompts.ts';
import { lowerTailOfStudent } from './student.ts';
import type { PooledResult } from './test.ts';
import { textTests } from './text-tests.ts';

/** Draws of accounts are cheap; those whose calls have to be read are few, and Student's distribution pays for it. */
const accountDraws = 100;
const callDraws = 7;

/** Members looked at of a large cluster, spread evenly: more make no difference to a spread. */
const mostMembers = 400;
const mostMembersRead = 150;

/** Clusters that are tested: the most surprising ones, then the largest; the rest are leads at most. */
const mostClusters = 300;

/** Calls of members that are read again, over all clusters; the first clusters are the most surprising ones. */
const mostCalls = 600_000;

/**
 * Tests each cluster's pooled traffic against draws of as many outside accounts, since a single account of a campaign is
 * too thin to be judged. `clusters` holds sorted account numbers, the most surprising cluster first.
 */
export async function testPooled(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  columns: AccountColumns,
  clusters: readonly Int32Array[],
): Promise<PooledResult[][]> {
  const random = seededRandom(context.config.seed);
  const drawer = createDrawer(columns, new Set(clusters.flatMap((accounts) => [...accounts])), random);
  const samples = clusters.slice(0, mostClusters).map((accounts) => evenly(accounts, mostMembers));
  const possible = accountTests.filter((test) => test.isPossible(columns));
  const results = samples.map((sample) => possible.flatMap((test) => askAccounts(test, columns, sample, drawer) ?? []));
  const readAgain = samples.map((sample) => evenly(sample, mostMembersRead));
  if (!(await drawMembers(context, features, columns, readAgain, drawer))) return results;
  for (const test of callTests.filter((candidate) => candidate.isPossible(calls)))
    for (const { cluster, result } of await askCalls(context, calls, test)) results[cluster]?.push(result);
  return results;
}

/**
 * Asks the tests that read texts, which cost most, so that only clusters that will be shown are asked. `outsiders` are drawn
 * from accounts that are in none of `linked`.
 */
export async function testTexts(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  columns: AccountColumns,
  clusters: readonly Int32Array[],
  linked: readonly Int32Array[],
): Promise<PooledResult[][]> {
  const results: PooledResult[][] = clusters.map(() => []);
  if (calls.texts === undefined) return results;
  const random = seededRandom(context.config.seed);
  const drawer = createDrawer(columns, new Set(linked.flatMap((accounts) => [...accounts])), random);
  const samples = clusters.slice(0, mostClusters).map((accounts) => evenly(accounts, mostMembersRead));
  if (!(await drawMembers(context, features, columns, samples, drawer))) return results;
  await storeSampledPrompts(context, calls.texts);
  for (const test of textTests)
    for (const { cluster, result } of await askCalls(context, calls, test)) results[cluster]?.push(result);
  return results;
}

function evenly(accounts: Int32Array, most: number): Int32Array {
  if (accounts.length <= most) return accounts;
  return Int32Array.from({ length: most }, (_, step) => accounts[Math.floor((step * accounts.length) / most)] ?? 0);
}

function askAccounts(
  test: AccountTest,
  columns: AccountColumns,
  sample: Int32Array,
  drawer: Drawer,
): PooledResult | undefined {
  const observed = test.figure(columns, sample);
  const draw = drawer(sample, test.matchesVolume);
  const figures = Array.from({ length: accountDraws }, () => test.figure(columns, draw())).filter(
    (figure) => figure !== undefined,
  );
  if (observed === undefined || figures.length < accountDraws / 2) return undefined;
  const expected = mean(figures);
  const deviation = (observed - expected) / Math.max(1e-9, sampleStandardDeviation(figures));
  return { test, observed, expected, pValue: lowerTailOfNormal(deviation) };
}

/** Makes the relation `drawn` of the clusters that can be afforded; false where none can. */
async function drawMembers(
  context: RunContext,
  features: AccountFeatures,
  columns: AccountColumns,
  samples: readonly Int32Array[],
  drawer: Drawer,
): Promise<boolean> {
  const draws = [...affordable(columns, samples)].flatMap((cluster) => {
    const sample = samples[cluster] ?? new Int32Array();
    const another = drawer(sample, true);
    return Array.from({ length: callDraws + 1 }, (_, draw) => ({
      cluster,
      draw,
      accounts: draw === 0 ? sample : another(),
    }));
  });
  if (draws.length > 0) await storeDraws(context, features.relation, draws);
  return draws.length > 0;
}

async function askCalls(
  context: RunContext,
  calls: Calls,
  test: CallTest,
): Promise<{ readonly cluster: number; readonly result: PooledResult }[]> {
  const figures = await test.figures(context, calls);
  const rows = await context.engine.query(sql`
    SELECT cluster, max(figure) FILTER (WHERE draw = 0) AS observed, avg(figure) FILTER (WHERE draw > 0) AS expected,
      stddev_samp(figure) FILTER (WHERE draw > 0) AS deviation, count(*) FILTER (WHERE draw > 0)::INTEGER AS draws
    FROM (${figures}) GROUP BY cluster ORDER BY cluster`);
  return [...rows].flatMap(({ cluster, observed, expected, deviation, draws }) => {
    if (observed === null || draws < 3) return [];
    // The draws have noise of their own, which a prediction from few of them must carry.
    const scale = Math.max(1e-9, deviation) * Math.sqrt(1 + 1 / draws);
    const pValue = lowerTailOfStudent((observed - expected) / scale, draws - 1);
    return [{ cluster, result: { test, observed, expected, pValue } }];
  });
}

/** Clusters whose members' calls fit into what may be read again. */
function affordable(columns: AccountColumns, samples: readonly Int32Array[]): Set<number> {
  const chosen = new Set<number>();
  let read = 0;
  samples.forEach((sample, cluster) => {
    const own = sample.reduce((sum, account) => sum + (columns.queries[account] ?? 0), 0);
    if (read + own > mostCalls) return;
    read += own;
    chosen.add(cluster);
  });
  return chosen;
}

/** Normal probability of a value so many standard deviations below the mean or more; the expansion holds where tables end. */
function lowerTailOfNormal(deviation: number): number {
  if (deviation > -3) return cumulativeStdNormalProbability(deviation);
  return Math.max(1e-300, Math.exp(-(deviation ** 2) / 2) / (-deviation * Math.sqrt(2 * Math.PI)));
}
