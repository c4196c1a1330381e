import { z } from 'zod';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { publicMailDomains } from '../../model/mail.ts';
import { count } from '../../util/text.ts';
import { correctedSurprise, poissonAtLeast } from '../chance.ts';
import type { Detector, DetectorContext } from '../detector.ts';

const params = z.object({
  fewestSignups: z
    .number()
    .int()
    .min(2)
    .default(5)
    .describe('signups of one burst; fewer are a family or a few friends'),
  commonShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('share of all signups; a mail provider with more of them is what any crowd of strangers uses'),
  timesExpected: z
    .number()
    .min(1)
    .default(5)
    .describe('times as many signups as expected: crowds differ from the population in their mail providers, but less'),
  expectedFalseBursts: z.number().positive().default(0.01).describe('bursts that chance may give, over all windows'),
});

const windowHours = [1, 6, 24] as const;
const secondsPerWeek = 604_800;

/**
 * A scan statistic over windows of three lengths, each on two grids half a window apart: signups with one mail provider and
 * one account type, against the largest of four expectations, so that whatever brings people in accounts for them:
 * everybody's signups in that window (a launch, a hackathon), those of the same account type, the same group's in the week
 * before and after (a semester), and its long-run rate with the population's rhythm of the week. After the scan statistics
 * of Kulldorff (1997), with a Chernoff bound on the Poisson tail in place of simulation.
 */
export const signupBurst: Detector = {
  id: 'signup-burst',
  title: 'Accounts were created in one burst with mail addresses of one kind',
  family: 'identity',
  rationale:
    'Fake accounts are registered in batches, by one script with one source of mail addresses. Hackathons, semesters and ' +
    'launches bring crowds too, but with the mail providers of any crowd.',
  params,
  needs: [['account_created_at'], ['email_domain']],
  optional: ['account_type'],
  fewestQueries: 1,
  population: 'everybody',
  async evidence(context, parameters) {
    const { fewestSignups, commonShare, timesExpected, expectedFalseBursts } = params.parse(parameters);
    await createSignups(context);
    await countSignups(context.engine, fewestSignups);
    return sql`
      WITH bursts AS (
        SELECT *, ${poissonAtLeast(sql`births`, sql`expected`)} AS surprise FROM signup_counts
        WHERE births >= ${timesExpected} * expected AND of_provider <= ${commonShare} * of_all
          AND surprise > ${correctedSurprise(sql`tests`, expectedFalseBursts)}),
      best AS (
        SELECT account, provider || ' ' || plan || ' ' || make_timestamp(((slot + shift / 2) * length)::BIGINT * 1000000)
            || ' + ' || length // 3600 || ' h' AS burst
        FROM signup_windows JOIN bursts USING (length, shift, slot, provider, plan)
        QUALIFY row_number() OVER (PARTITION BY account ORDER BY surprise DESC, length, shift) = 1)
      SELECT account, 'created:' || burst AS value, queries FROM signups JOIN best USING (account)`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} were created in ${count(facts.values, 'burst')}, ` +
    'each with one kind of mail address and far more signups than that hour brought otherwise' +
    (facts.outsiders === 0
      ? ''
      : `; so ${facts.outsiders === 1 ? 'was' : 'were'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'a workshop whose participants all take the mail provider they are told to',
    'a mail provider that advertised the service to its users that day',
    'accounts that a firm moved over from another service in one go, without naming itself',
  ],
};

/**
 * Table `signups`: a row an account that tells when it was created. Public mail domains are providers of their own, and every
 * entity counts. Any other domain is a name that its owner carries openly, as a university does: it counts once, under
 * its ending, so that only several such domains in one window are a burst.
 */
async function createSignups({ engine, calls, features }: DetectorContext): Promise<void> {
  const plan = calls.columns.has('account_type') ? sql`min(${calls.present(sql`account_type`)})` : sql`NULL`;
  const isPublic = sql`domain IN (${join(publicMailDomains.map((domain) => sql`${domain}`))})`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE signups AS
    WITH profiles AS (
      SELECT account, entity, a.queries, created_at_ms / 1000 AS second,
        lower(min(${calls.present(sql`email_domain`)})) AS domain, coalesce(${plan}, 'any plan') AS plan
      FROM ${identifier(calls.identities)} JOIN ${identifier(features.relation)} a USING (account_id)
      WHERE created_at_ms IS NOT NULL GROUP BY ALL)
    SELECT account, queries, second, plan,
      CASE WHEN ${isPublic} THEN domain ELSE 'other .' || regexp_extract(domain, '[^.]*$') END AS provider,
      CASE WHEN ${isPublic} THEN entity::VARCHAR ELSE domain END AS unit
    FROM profiles`);
}

/**
 * Table `signup_windows`: the windows of each signup. Table `signup_counts`: a row for each window and group with enough
 * signups to be a burst, with their number, the number expected, and the number of windows times groups of all lengths.
 */
async function countSignups(engine: DetectorContext['engine'], fewestSignups: number): Promise<void> {
  const lengths = join(windowHours.map((hours) => sql`${hours * 3600}`));
  await engine.execute(sql`
    CREATE OR REPLACE TABLE signup_windows AS
    SELECT account, unit, provider, plan, length, shift, floor(second / length - shift / 2)::BIGINT AS slot
    FROM signups, (SELECT unnest([${lengths}]) AS length), (SELECT unnest([0, 1]) AS shift) WHERE provider IS NOT NULL`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE signup_cells AS
    SELECT length, shift, slot, provider, plan, slot % (${secondsPerWeek} // length) AS time_of_week, count(DISTINCT unit) AS births
    FROM signup_windows GROUP BY ALL`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE signup_counts AS
    WITH grids AS (
        SELECT length, shift, sum(births) AS of_all, max(slot) - min(slot) + 1 AS windows FROM signup_cells GROUP BY ALL),
      crowded AS (SELECT * FROM signup_cells WHERE births >= ${fewestSignups}),
      nearby AS (
        SELECT c.length, c.shift, c.slot, c.provider, c.plan, sum(near.births) AS nearby
        FROM crowded c JOIN signup_cells near USING (length, shift, provider, plan)
        WHERE abs(near.slot - c.slot) > 1 AND abs(near.slot - c.slot) * length <= ${secondsPerWeek} GROUP BY ALL)
    SELECT length, shift, slot, provider, plan, births, of_all, of_provider,
      (SELECT sum(windows) FROM grids) * (SELECT count(*) FROM (SELECT DISTINCT provider, plan FROM signup_cells)) AS tests,
      greatest(1, (at_this_time_of_week - births) / (of_all * length / ${secondsPerWeek})) AS rhythm,
      greatest(
        (here - births) * of_group / greatest(1, of_all - of_group),
        (plan_here - births) * of_group / greatest(1, of_plan - of_group),
        rhythm * coalesce(nearby, 0) / (${2 * secondsPerWeek} / length - 2),
        rhythm * (of_group - births + 1) / windows) AS expected
    FROM crowded JOIN grids USING (length, shift) LEFT JOIN nearby USING (length, shift, slot, provider, plan)
      ${total('of_group', ['provider', 'plan'])} ${total('of_provider', ['provider'])} ${total('of_plan', ['plan'])}
      ${total('here', ['slot'])} ${total('plan_here', ['slot', 'plan'])} ${total('at_this_time_of_week', ['time_of_week'])}`);
}

/** Joins the signups of all windows and groups that agree in some columns, on the same grid. */
function total(name: string, columns: readonly string[]): Sql {
  const shared = join([sql`length`, sql`shift`, ...columns.map(identifier)]);
  return sql`JOIN (SELECT ${shared}, sum(births) AS ${identifier(name)} FROM signup_cells GROUP BY ALL) USING (${shared})`;
}
