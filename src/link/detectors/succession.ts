import { z } from 'zod';
import { identifier, sql } from '../../engine/sql.ts';
import type { CanonicalColumn } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import { binomialAtLeast, correctedSurprise } from '../chance.ts';
import type { Detector, DetectorContext } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';

const params = z.object({
  windowHours: z.number().int().min(1).default(8).describe('h after a last call within which a successor has to start'),
  quietDays: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('days without a call before the end, or after the start, of the log: else nobody came or went'),
  shiftDays: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('days by which last calls are shifted, to and fro, to see what chance gives'),
  minimumHandovers: z
    .number()
    .int()
    .min(2)
    .default(4)
    .describe('days with a hand-over: one or two are turnover of staff'),
  expectedFalseGroups: z.number().positive().default(0.01).describe('groups that chance may pass, over all groups'),
});

type Settings = z.infer<typeof params>;

/** What a successor takes over. */
const inherited: readonly CanonicalColumn[] = ['template_hash', 'system_prompt_hash', 'tools_hash', 'user_agent'];

/** An account is gone when it has been silent for this many times its own mean gap. */
const gapsToLeave = 10;

/** Hand-overs have to be at least this many times what the shifts give, or most of those linked are strangers. */
const leastExcess = 3;

/**
 * Finds groups, by a template, tool set or client in common, in which new accounts start within hours of others' last call,
 * again and again. The count is compared with the same count after shifting all last calls by whole days to and fro, which
 * keeps the group's own rates of coming and going and the hours of the day (binomial tail, corrected over all groups). A day
 * counts once, however many hand-overs it has: a mass ban, a deadline or the start of a term is one event. Where several
 * accounts of a group go every day, all days have hand-overs by chance, and nothing can be told.
 */
export const succession: Detector = {
  id: 'succession',
  title: 'When one account falls silent, a new one takes over within hours, again and again',
  family: 'timing',
  rationale:
    'A network fills the seat of a banned account at once. Customers come and go too, and in a big log many do so within the ' +
    'same hours, so that a single hand-over is worth nothing; only a chain of them, beyond the rate at which the same ' +
    'group’s accounts come and go on the days around, links the accounts in it.',
  params,
  needs: [['timestamp'], inherited],
  fewestQueries: 0,
  population: 'everybody',
  async evidence(context, parameters) {
    const settings = params.parse(parameters);
    await findLives(context, settings.quietDays);
    await findComingAndGoing(context);
    await countHandovers(context, settings);
    return sql`
      WITH pairs AS (
        SELECT went.entity AS predecessor, came.entity AS successor, value
        FROM chains JOIN coming came USING (value) JOIN going went USING (value)
        WHERE went.hour BETWEEN came.hour - ${settings.windowHours} AND came.hour AND went.entity <> came.entity),
      linked AS (SELECT predecessor AS entity, value FROM pairs UNION SELECT successor, value FROM pairs)
      SELECT account, 'succession under ' || value AS value, 0::DOUBLE AS queries
      FROM linked JOIN ${identifier(context.features.relation)} USING (entity)`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} took over within hours of another’s last call or were followed so, ` +
    'far more often than on the days around',
  innocentCauses: ['a firm that renews its accounts or keys on a schedule'],
};

/** Table `lives` (entity, came, went): hours since 1970 of the first and last call, NULL where the log's ends cut them off. */
async function findLives({ engine, features }: DetectorContext, quietDays: number): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE lives AS
    WITH seen AS (
        SELECT entity, min(first_seen_ms) AS first, max(last_seen_ms) AS last, sum(queries) AS queries
        FROM ${identifier(features.relation)} GROUP BY entity),
      log AS (SELECT min(first) AS starts, max(last) AS ends FROM seen)
    SELECT entity,
      CASE WHEN first > starts + ${quietDays * 86_400_000} THEN floor(first / 3600000) END::INTEGER AS came,
      CASE WHEN last < ends - greatest(${quietDays * 86_400_000}, ${gapsToLeave} * (last - first) / queries) THEN floor(last / 3600000) END::INTEGER AS went
    FROM seen, log`);
}

/** Tables `coming` and `going` (entity, value, hour): first and last calls of those who use a value, where it is not theirs alone. */
async function findComingAndGoing(context: DetectorContext): Promise<void> {
  const { engine, features } = context;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE holders AS
    SELECT DISTINCT entity, value, came, went
    FROM (${sharedColumns(context, inherited)}) JOIN ${identifier(features.relation)} USING (account) JOIN lives USING (entity)
    WHERE came IS NOT NULL OR went IS NOT NULL`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE coming AS SELECT entity, value, came AS hour FROM holders WHERE came IS NOT NULL`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE going AS SELECT entity, value, went AS hour FROM holders WHERE went IS NOT NULL`);
  await engine.execute(sql`DROP TABLE holders`);
}

/** Table `chains` (value): groups with more days on which a successor starts than shifted last calls give. */
async function countHandovers({ engine, features }: DetectorContext, settings: Settings): Promise<void> {
  const { windowHours, quietDays, shiftDays, minimumHandovers, expectedFalseGroups } = settings;
  // Both ends of the log are left out as far as a shift would reach beyond them.
  const margin = 24 * (quietDays + shiftDays) + windowHours;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE chains AS
    WITH log AS (SELECT min(first_seen_ms) / 3600000 AS starts, max(last_seen_ms) / 3600000 AS ends FROM ${identifier(features.relation)}),
      starting AS (
        SELECT DISTINCT value, hour FROM coming, log WHERE hour BETWEEN starts + ${24 * shiftDays + windowHours} AND ends - ${margin}),
      leaving AS (SELECT DISTINCT value, hour FROM going),
      shifts AS (SELECT unnest(range(-${shiftDays}, ${shiftDays + 1})) AS days),
      followed AS (
        SELECT value, days, count(DISTINCT starting.hour // 24) AS handovers
        FROM starting JOIN leaving USING (value), shifts
        WHERE leaving.hour BETWEEN starting.hour + 24 * days - ${windowHours} AND starting.hour + 24 * days
        GROUP BY value, days),
      counted AS (
        SELECT value, coalesce(sum(handovers) FILTER (WHERE days = 0), 0) AS observed,
          coalesce(sum(handovers) FILTER (WHERE days <> 0), 0) AS shifted
        FROM followed GROUP BY value)
    SELECT value FROM counted
    WHERE observed >= ${minimumHandovers} AND observed * ${2 * shiftDays} >= ${leastExcess} * shifted
      AND ${binomialAtLeast(sql`observed`, sql`(observed + shifted)`, sql`${1 / (2 * shiftDays + 1)}`)}
        > ${correctedSurprise(sql`(SELECT count(DISTINCT value) FROM starting)`, expectedFalseGroups)}`);
}
