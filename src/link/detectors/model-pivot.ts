import { z } from 'zod';
import { identifier, type Sql, sql } from '../../engine/sql.ts';
import type { CanonicalColumn } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import { binomialAtLeast, correctedSurprise } from '../chance.ts';
import type { Detector, DetectorContext } from '../detector.ts';

const params = z.object({
  settledDays: z
    .number()
    .int()
    .min(1)
    .default(3)
    .describe('days of log before a model counts as new: earlier ones may have been there already'),
  pivotHours: z
    .number()
    .positive()
    .default(24)
    .describe('h; an account has to start with the new model this soon after it appeared'),
  observedHours: z
    .number()
    .positive()
    .default(48)
    .describe('h from the account’s first use over which its traffic is divided between new and old model'),
  minimumHours: z
    .number()
    .int()
    .min(4)
    .default(10)
    .describe('calls before, and active hours in the time observed: fewer have no share'),
  lowestShare: z.number().min(0).max(1).default(0.15).describe('share of the traffic that moved: less is a trial'),
  highestShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.85)
    .describe('share of the traffic that moved: more is a changed default, as products and people have it'),
  expectedFalseAccounts: z
    .number()
    .positive()
    .default(0.1)
    .describe('strangers that chance may pass, over all accounts'),
});

/** Days before the first use that say which model the new one replaces. */
const daysBefore = 7;

/** Widths of the steps into which shares are sorted; the noise of a few dozen hours. */
const shareStep = 0.25;

/** Adopters of a model without whom it is somebody's own and not a release. */
const fewestAdopters = 5;

/** Accounts at the population's rate that are added to each plan and client, so that small ones are not their own measure. */
const priorPeers = 50;

/**
 * Finds accounts that, within a day of a model's appearance, send part of their traffic to it and keep the rest on the model
 * it replaces, beyond the population's adoption (binomial tail against the mean share over all accounts, over those of the
 * same plan and over those of the same client, whichever is largest; each account counts once). They share how large the
 * part is. A product that changes its default, and who follows it, move at once and entirely, and are left out.
 */
export const modelPivot: Detector = {
  id: 'model-pivot',
  title: 'The same part of the traffic moves to a new model within a day',
  family: 'timing',
  rationale:
    'A harvest redirects a part of its queue to a new model as soon as there is one, over all its accounts alike. Strangers ' +
    'try it, or change over for good, in their own time; the more of them do the same, the less the part says.',
  params,
  needs: [['timestamp'], ['model']],
  optional: ['user_agent', 'account_type'],
  fewestQueries: 0,
  comesWithProduct: true,
  population: 'everybody',
  async evidence(context, parameters) {
    const settings = params.parse(parameters);
    await findReleases(context, settings);
    await collectTraffic(context, settings);
    await measureShares(context, settings);
    const step = sql`(floor(moved / total / ${shareStep}) * ${shareStep} * 100)::INTEGER`;
    return sql`
      SELECT account, 'part of the traffic to ' || release || ' within a day: ' || ${step} || ' to ' || (${step} + ${shareStep * 100})::INTEGER || ' %' AS value,
        0::DOUBLE AS queries
      FROM shares JOIN ${identifier(context.features.relation)} USING (account_id)
      WHERE moved BETWEEN ${settings.lowestShare} * total AND ${settings.highestShare} * total
        AND ${binomialAtLeast(sql`moved`, sql`total`, sql`usual`)}
          > ${correctedSurprise(sql`(SELECT count(*) FROM shares)`, settings.expectedFalseAccounts)}`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} moved the same part of their traffic to a new model within a day, ` +
    'and kept the rest where it was',
  innocentCauses: ['a product that tries a new model on a part of every user’s requests'],
};

type Settings = z.infer<typeof params>;

/** Table `first_uses` (model, account_id, first_use) and `releases` (release, appeared): models that came up while the log ran. */
async function findReleases({ engine, calls }: DetectorContext, settings: Settings): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE first_uses AS
    SELECT model, account_id, min(timestamp) AS first_use, max(timestamp) AS last_use
    FROM ${identifier(calls.relation)} WHERE model IS NOT NULL GROUP BY ALL`);
  // One account in a hundred may have had the model before the others.
  await engine.execute(sql`
    CREATE OR REPLACE TABLE releases AS
    SELECT model AS release, quantile_disc(first_use, 0.01) AS appeared
    FROM first_uses WHERE ${calls.present(sql`model`)} IS NOT NULL GROUP BY model
    HAVING count(*) >= ${fewestAdopters}
      AND appeared >= (SELECT min(first_use) FROM first_uses) + to_days(${settings.settledDays})
      AND appeared <= (SELECT max(last_use) FROM first_uses) - to_days(1)`);
}

/**
 * Table `traffic` (release, account_id, client, model, hour, before, after): calls before and after the account's own first
 * use, which itself counts in neither, since the time was chosen by it; around the model's appearance for who did not use
 * it. Hours are told apart only where an account used the model.
 */
async function collectTraffic({ engine, calls }: DetectorContext, settings: Settings): Promise<void> {
  const client = calls.columns.has('user_agent') ? sql`user_agent` : sql`NULL::VARCHAR`;
  const seconds = (hours: number) => sql`to_seconds(${Math.round(hours * 3600)})`;
  const hour = sql`${engine.dialect.epochSeconds(sql`timestamp`)} // 3600`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE traffic AS
    WITH movers AS (
        SELECT release, account_id, first_use FROM releases JOIN first_uses ON model = release
        WHERE first_use BETWEEN appeared AND appeared + ${seconds(settings.pivotHours)}),
      near AS (
        SELECT release, account_id, model, timestamp, coalesce(first_use, appeared) AS start,
          CASE WHEN timestamp > first_use THEN ${hour} END AS hour, ${client} AS client
        FROM ${identifier(calls.relation)}
        JOIN releases ON timestamp BETWEEN appeared - to_days(${daysBefore})
          AND appeared + ${seconds(settings.pivotHours + settings.observedHours)}
        LEFT JOIN movers USING (release, account_id))
    SELECT release, account_id, model, hour, min(client) AS client,
      count(*) FILTER (WHERE timestamp < start) AS before, count(*) FILTER (WHERE timestamp > start) AS after
    FROM near WHERE timestamp < start + ${seconds(settings.observedHours)} GROUP BY release, account_id, model, hour`);
}

/**
 * Table `shares` (release, account_id, moved, total, usual): over active hours, the calls to the new model as a part of those
 * to it and to the model it replaced most, summed up; the number of these hours; and the part that is usual among all
 * accounts that did not move entirely, or those of the same plan or client. Calls of one hour belong together and count as one.
 */
async function measureShares({ engine, calls }: DetectorContext, settings: Settings): Promise<void> {
  const { minimumHours, highestShare } = settings;
  const plan: CanonicalColumn = 'account_type';
  const plans = calls.columns.has(plan)
    ? sql`SELECT account_id, min(${calls.present(identifier(plan))}) AS plan FROM ${identifier(calls.identities)} GROUP BY account_id`
    : sql`SELECT NULL::VARCHAR AS account_id, NULL::VARCHAR AS plan`;
  const overall = sql`avg(part) OVER (PARTITION BY release)`;
  const among = (group: Sql) => sql`CASE WHEN ${group} IS NULL THEN 0 ELSE
    (coalesce(sum(part) OVER (PARTITION BY release, ${group}), 0) + ${priorPeers} * ${overall})
    / (count(part) OVER (PARTITION BY release, ${group}) + ${priorPeers}) END`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE replaced AS
    WITH per_model AS (
        SELECT release, account_id, model, sum(before) AS before, sum(after) AS after, min(client) AS client
        FROM traffic GROUP BY ALL),
      compared AS (
        SELECT *, sum(before) OVER account AS all_before, sum(after) OVER account AS all_after, min(client) OVER account AS any_client
        FROM per_model WINDOW account AS (PARTITION BY release, account_id))
    SELECT release, account_id, any_value(any_client) AS client,
      arg_max(model, before / all_before - after / all_after) FILTER (WHERE model <> release) AS old_model
    FROM compared WHERE all_before >= ${minimumHours} AND all_after >= ${minimumHours} GROUP BY release, account_id`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE shares AS
    WITH hourly AS (
        SELECT release, account_id, any_value(replaced.client) AS client,
          coalesce(sum(after) FILTER (WHERE model = release), 0) / sum(after) AS moved, sum(after) AS calls, hour
        FROM traffic JOIN replaced USING (release, account_id)
        WHERE after > 0 AND (model = release OR model = old_model) GROUP BY release, account_id, hour),
      divided AS (
        SELECT release, account_id, any_value(client) AS client, sum(moved) AS moved,
          count(hour) + coalesce(sum(calls) FILTER (WHERE hour IS NULL), 0) AS total,
          CASE WHEN sum(moved) <= ${highestShare} * total THEN sum(moved) / total END AS part
        FROM hourly GROUP BY release, account_id)
    SELECT release, account_id, moved, total,
      least(0.999, greatest(coalesce(${overall}, 0), ${among(sql`plan`)}, ${among(sql`client`)})) AS usual
    FROM divided LEFT JOIN (${plans}) USING (account_id) WHERE total >= ${minimumHours}`);
}
