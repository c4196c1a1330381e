import { z } from 'zod';
import { identifier, join, sql } from '../../engine/sql.ts';
import type { CanonicalColumn } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import { binomialAtLeast, correctedSurprise, poissonAtLeast, poissonAtMost } from '../chance.ts';
import { labelComponents } from '../components.ts';
import type { Detector, DetectorContext } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';
import { collectSlots, comparePairs } from '../slots.ts';

const params = z.object({
  slotSeconds: z
    .number()
    .int()
    .min(60)
    .default(600)
    .describe('s; length of a slot: shorter than a turn, longer than clock skew'),
  minimumSlots: z
    .number()
    .int()
    .min(2)
    .default(40)
    .describe('slots an account must be active in: fewer cannot be missed by chance'),
  largestGroup: z
    .number()
    .int()
    .min(3)
    .default(50)
    .describe('accounts with one value whose turns are compared: among more, two meet too seldom to avoid each other'),
  failoverSeconds: z
    .number()
    .int()
    .min(1)
    .default(120)
    .describe('s after a refused call within which another account has to start'),
  minimumFailovers: z.number().int().min(2).default(4).describe('refused calls that the same account takes over'),
  expectedFalsePairs: z
    .number()
    .positive()
    .default(0.01)
    .describe('pairs of strangers that chance may pass in each of the two tests, over all pairs'),
});

type Settings = z.infer<typeof params>;

/** Accounts are compared only where they share one of these: all pairs would be too many. */
const blockingColumns: readonly CanonicalColumn[] = [
  'template_hash',
  'system_prompt_hash',
  'tools_hash',
  'payment_id',
  'tls_fingerprint',
];

/** Pairs that are compared at most; groups are taken from the smallest. */
const mostPairs = 2_000_000;

/** An account that was silent for so long starts anew. */
const silenceSeconds = 600;

/** Whole hours and days, so that cron and the hours of the day stay where they are. */
const shiftSeconds = [-86_400, -7_200, -3_600, 3_600, 7_200, 86_400];

/** Take-overs have to be at least this many times what the shifts give. */
const leastExcess = 3;

/** An outage: slots in which this many times the usual number of accounts fail, beyond chance. */
const outageSeconds = 300;
const outageExcess = 3;

/**
 * Two tests of pairs that share a rare template, tool set, card or TLS fingerprint, each corrected over all pairs. They
 * avoid each other: fewer slots in common than their own days and daily profiles give (Poisson tail). Or one takes over
 * from the other: it starts within two minutes of the other's refused calls (401, 403, 429, 5xx) more often than after the
 * same calls shifted by whole hours and days (binomial tail), outages apart. Pairs that hang together share one value.
 */
export const rotation: Detector = {
  id: 'rotation',
  title: 'Accounts take turns, or one takes over when another is refused',
  family: 'timing',
  rationale:
    'A relay sends each job to one account of its pool and to the next when that one is refused. Strangers are active ' +
    'independently of each other: they meet as often as their days and hours predict, and do not know when others fail.',
  params,
  needs: [['timestamp'], blockingColumns],
  optional: ['status'],
  fewestQueries: 0,
  population: 'everybody',
  async evidence(context, parameters) {
    const settings = params.parse(parameters);
    await collectPairs(context, settings.largestGroup);
    await collectSlots(context, { ...settings, maximumShare: 1 });
    await comparePairs(context.engine, 0);
    const tests = sql`(SELECT count(*) FROM pairs)`;
    await context.engine.execute(sql`
      CREATE OR REPLACE TABLE turns AS
      SELECT hub, account FROM compared
      WHERE ${poissonAtMost(sql`observed`, sql`expected`)} > ${correctedSurprise(tests, settings.expectedFalsePairs)}`);
    if (context.calls.columns.has('status')) await addFailovers(context, settings);
    await labelComponents(context.engine, sql`SELECT DISTINCT hub AS first, account AS second FROM turns`);
    return sql`
      SELECT labels.entity AS account, 'takes turns with account ' || first.account_id AS value, 0::DOUBLE AS queries
      FROM labels JOIN ${identifier(context.features.relation)} first ON first.account = label`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} take turns: they avoid each other, or start when another ` +
    'is refused, far more often than their own days and hours explain',
  innocentCauses: ['one person with two accounts', 'shifts of one team', 'a gateway of one firm with several keys'],
};

/** Tables `blocks` (value, account) and `pairs` (hub, account): pairs of different entities with a value of few accounts. */
async function collectPairs(context: DetectorContext, largestGroup: number): Promise<void> {
  const { engine, features } = context;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE blocks AS
    WITH holders AS (
        SELECT value, account, entity, count(*) OVER (PARTITION BY value) AS size
        FROM (${sharedColumns(context, blockingColumns)}) JOIN ${identifier(features.relation)} USING (account)),
      sizes AS (
        SELECT size, sum(count(*) * (size - 1) / 2) OVER (ORDER BY size) AS pairs FROM holders
        WHERE size BETWEEN 2 AND ${largestGroup} GROUP BY size)
    SELECT value, account, entity FROM holders
    WHERE size BETWEEN 2 AND (SELECT coalesce(max(size), 0) FROM sizes WHERE pairs <= ${mostPairs})`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE pairs AS
    SELECT DISTINCT one.account AS hub, other.account
    FROM blocks one JOIN blocks other USING (value) WHERE one.account < other.account AND one.entity <> other.entity`);
}

/** Adds to `turns` the pairs of which one takes over from the other. */
async function addFailovers(context: DetectorContext, settings: Settings): Promise<void> {
  const { engine } = context;
  const { failoverSeconds, minimumFailovers, expectedFalsePairs } = settings;
  await collectFailures(context, failoverSeconds);
  await collectStarts(context);
  const shifts = join(shiftSeconds.map((seconds) => sql`${seconds}`));
  await engine.execute(sql`
    INSERT INTO turns
    WITH moved AS (
        SELECT value, entity, account, second, unnest([0, ${shifts}]) AS shift
        FROM failures JOIN blocks USING (account)),
      followed AS (
        SELECT DISTINCT moved.account, starts.account AS successor, shift, moved.second
        FROM (SELECT *, unnest([0, 1]) + (second + shift) // ${failoverSeconds} AS bucket FROM moved) moved
        JOIN (SELECT *, second // ${failoverSeconds} AS bucket FROM starts JOIN blocks USING (account)) starts USING (value, bucket)
        WHERE starts.entity <> moved.entity AND starts.second - moved.second - shift BETWEEN 0 AND ${failoverSeconds}),
      counted AS (
        SELECT account, successor, count(*) FILTER (WHERE shift = 0) AS observed, count(*) FILTER (WHERE shift <> 0) AS shifted
        FROM followed GROUP BY account, successor)
    SELECT least(account, successor), greatest(account, successor) FROM counted
    WHERE observed >= ${minimumFailovers} AND observed * ${shiftSeconds.length} >= ${leastExcess} * shifted
      AND ${binomialAtLeast(sql`observed`, sql`(observed + shifted)`, sql`${1 / (shiftSeconds.length + 1)}`)}
        > ${correctedSurprise(sql`(SELECT 2 * count(*) FROM pairs)`, expectedFalsePairs)}`);
}

/** Table `failures` (account, second): refused calls of the paired accounts, one of a burst, without those of outages. */
async function collectFailures({ engine, calls, features }: DetectorContext, burstSeconds: number): Promise<void> {
  const second = engine.dialect.epochSeconds(sql`timestamp`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE failures AS
    WITH refused AS (
        SELECT account, ${second} AS second FROM ${identifier(calls.relation)} JOIN ${identifier(features.relation)} USING (account_id)
        WHERE status IN (401, 403, 429) OR status >= 500),
      slots AS (SELECT second // ${outageSeconds} AS slot, count(DISTINCT account) AS failing FROM refused GROUP BY slot),
      usual AS (SELECT ${outageExcess} * sum(failing) / (max(slot) - min(slot) + 1) AS failing, count(*) AS slots FROM slots),
      outages AS (
        SELECT slot FROM slots, usual
        WHERE ${poissonAtLeast(sql`slots.failing`, sql`usual.failing`)} > ${correctedSurprise(sql`usual.slots`, 0.01)})
    SELECT account, min(second) AS second FROM refused
    WHERE account IN (SELECT account FROM blocks) AND second // ${outageSeconds} NOT IN (SELECT slot FROM outages)
    GROUP BY account, second // ${burstSeconds}`);
}

/** Table `starts` (account, second): first calls after a silence of the paired accounts. */
async function collectStarts({ engine, calls, features }: DetectorContext): Promise<void> {
  const second = engine.dialect.epochSeconds(sql`timestamp`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE starts AS
    SELECT account, second
    FROM (SELECT account, ${second} AS second FROM ${identifier(calls.relation)} JOIN ${identifier(features.relation)} USING (account_id)
          WHERE account IN (SELECT account FROM blocks))
    QUALIFY coalesce(second - lag(second) OVER (PARTITION BY account ORDER BY second) >= ${silenceSeconds}, true)`);
}
