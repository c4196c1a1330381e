import { z } from 'zod';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { count } from '../../util/text.ts';
import type { Detector, DetectorContext } from '../detector.ts';
import { collectSlots, comparePairs } from '../slots.ts';

const params = z.object({
  slotSeconds: z
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('s; length of a slot: shorter than a session, longer than clock skew'),
  minimumDays: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('days an account must be active: what happens on one day is one event'),
  minimumSlots: z
    .number()
    .int()
    .min(1)
    .default(12)
    .describe('slots an account must be active in: fewer carry no pattern'),
  maximumShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.25)
    .describe('share of all slots: who is always on coincides with everybody'),
  expectedFalsePairs: z
    .number()
    .positive()
    .default(0.01)
    .describe('pairs of strangers that chance may pass, over all pairs'),
});

const bands = 8;
const rowsPerBand = 4;

/**
 * Finds accounts whose sets of active slots nearly agree (MinHash, 8 bands of 4 rows: half of the pairs with Jaccard
 * similarity 0.54 become candidates) and keeps those that coincide more often than their own days and their own daily
 * rhythms explain. Who runs on the hour, or at office hours, coincides just as often as that null expects.
 * After SynchroTrap (Cao et al., CCS 2014), with a null in place of a threshold on similarity.
 */
export const coActivity: Detector = {
  id: 'co-activity',
  title: 'Accounts are active in the same short slots beyond what their rhythms explain',
  family: 'timing',
  rationale:
    'Workers of one queue start, stop and stall together at irregular times. Office hours, cron and outages make strangers ' +
    'coincide as well, but no more often than their own days and hours predict.',
  params,
  needs: [['timestamp']],
  fewestQueries: 0,
  async evidence(context, parameters) {
    const { slotSeconds, minimumDays, minimumSlots, maximumShare, expectedFalsePairs } = params.parse(parameters);
    await findCandidates(context, slotSeconds, minimumDays, minimumSlots);
    await collectSlots(context, { slotSeconds, minimumSlots, maximumShare });
    await comparePairs(context.engine, slotSeconds / 86_400);
    const pairs = (context.features.count * (context.features.count - 1)) / 2;
    return verifiedPairs(Math.log(Math.max(1, pairs) / expectedFalsePairs));
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} are active in the same short slots far more often ` +
    'than their own days and daily rhythms explain',
  innocentCauses: ['jobs of one firm, started by one event', 'people who work on the same incident or deadline'],
};

/** 32 bits tell the slots of a log apart and cost half of 64. */
function shortHash(hash: Sql): Sql {
  return sql`(${hash} >> 32)::UINTEGER`;
}

async function findCandidates(
  { engine, calls, features }: DetectorContext,
  slotSeconds: number,
  days: number,
  slots: number,
) {
  const hashed = shortHash(engine.dialect.hash(sql`${engine.dialect.epochSeconds(sql`timestamp`)} // ${slotSeconds}`));
  // The element nearest to a fixed random number is a uniform pick from the set, so one hash serves all permutations.
  const minima = Array.from({ length: bands * rowsPerBand }, (_, row) => {
    const target = shortHash(engine.dialect.hash(sql`${row}::INTEGER`));
    return sql`min(xor(h, ${target})) AS ${identifier(`m${row}`)}`;
  });
  const keys = Array.from({ length: bands }, (_, band) => {
    const columns = Array.from({ length: rowsPerBand }, (__, row) => identifier(`m${band * rowsPerBand + row}`));
    return engine.dialect.hash(sql`${band}::INTEGER`, ...columns);
  });
  await engine.execute(sql`
    CREATE OR REPLACE TABLE signatures AS
    SELECT account_id, ${join(minima)}
    FROM (SELECT account_id, ${hashed} AS h FROM ${identifier(calls.relation)})
    GROUP BY account_id`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE pairs AS
    WITH keyed AS (
        SELECT account, unnest([${join(keys)}]) AS band
        FROM signatures JOIN ${identifier(features.relation)} USING (account_id)
        WHERE active_days >= ${days} AND queries >= ${slots}),
      hubs AS (SELECT band, min(account) AS hub FROM keyed GROUP BY band HAVING count(*) > 1)
    SELECT DISTINCT hub, account FROM hubs JOIN keyed USING (band) WHERE hub <> account`);
  await engine.execute(sql`DROP TABLE signatures`);
}

/** Pairs whose Chernoff bound on the Poisson tail, observed or more where expected, lies below exp(-surprise). */
function verifiedPairs(surprise: number): Sql {
  return sql`
    WITH verified AS (
      SELECT hub, account FROM compared
      WHERE observed > expected AND observed * ln(observed / expected) - observed + expected > ${surprise}),
    linked AS (
      SELECT hub, account FROM verified UNION ALL SELECT DISTINCT hub, hub FROM verified)
    SELECT linked.account, 'active with account ' || hub.account_id AS value, 0::DOUBLE AS queries
    FROM linked JOIN accounts hub ON hub.account = linked.hub`;
}
