import { z } from 'zod';
import { identifier, sql } from '../../engine/sql.ts';
import type { CanonicalColumn } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import { binomialAtLeast, correctedSurprise, poissonAtMost } from '../chance.ts';
import type { Detector, DetectorContext } from '../detector.ts';

const params = z.object({
  minimumAccounts: z
    .number()
    .int()
    .min(3)
    .default(5)
    .describe('accounts that share a template: evenness of fewer is no surprise'),
  minimumQueries: z
    .number()
    .int()
    .min(2)
    .default(20)
    .describe('queries of an account with the template: fewer give no rate and could not repeat'),
  rateRatio: z
    .number()
    .min(1.1)
    .default(2)
    .describe('factor within which queries a day have to agree to count as dealt out evenly'),
  expectedFalseTemplates: z
    .number()
    .positive()
    .default(0.01)
    .describe('templates that chance may pass in each of the two tests, over all templates'),
});

const templateColumns: readonly CanonicalColumn[] = ['template_hash', 'system_prompt_hash'];

/** Accounts whose own repeats say how often prompts usually repeat, and prompts of each template that are looked at. */
const accountSample = 2_000;
const promptSample = 50_000;

/**
 * Finds templates whose filled prompts were dealt out: two tests of each template that several accounts send often, both
 * corrected over all templates. Its accounts send it at rates within a factor of two more often than the most crowded such
 * range of all template users explains (binomial tail), and over all of them prompts repeat less often than the median
 * account repeats its own (Poisson tail). Where the population does not repeat prompts either, the second never passes.
 * After the observation that a harvester splits one list of prompts over its accounts and asks each once.
 */
export const workPartition: Detector = {
  id: 'work-partition',
  title: 'One template is dealt out evenly over accounts, and no filled prompt is asked twice',
  family: 'content',
  rationale:
    'A job queue hands each worker the same amount of work and no piece of it twice. Clients of one vendor do not repeat ' +
    'each other either, but differ in size; so hashes alone show little more than the shared template does, and this links ' +
    'only where both evenness and the lack of repeats are beyond chance.',
  params,
  needs: [templateColumns, ['prompt_hash']],
  fewestQueries: 2,
  comesWithProduct: true,
  population: 'everybody',
  async evidence(context, parameters) {
    const { minimumAccounts, minimumQueries, rateRatio, expectedFalseTemplates } = params.parse(parameters);
    await collectRates(context, minimumQueries);
    await findEven(context, minimumAccounts, Math.log(rateRatio), expectedFalseTemplates);
    await countRepeats(context);
    await context.engine.execute(sql`
      CREATE OR REPLACE TABLE unrepeated AS
      SELECT template FROM repeats
      WHERE ${poissonAtMost(sql`repeated`, sql`expected`)}
        > ${correctedSurprise(sql`(SELECT count(*) FROM repeats)`, expectedFalseTemplates)}`);
    return sql`
      SELECT account, 'dealt out ' || ${templateSource(context)} || ':' || template AS value, queries
      FROM even_rates JOIN unrepeated USING (template)`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} send ${count(facts.values, 'template')} at nearly the same rate, ` +
    `and next to none of the ${count(facts.queries, 'filled prompt')} is asked twice`,
  innocentCauses: ['scheduled jobs of many clients of one product, where every run has new data'],
};

/** The finer of the template columns that the log has. */
function templateSource({ calls }: DetectorContext): string {
  return templateColumns.find((column) => calls.columns.has(column)) ?? '';
}

/** Table `rates` (template, account, queries, log_rate): ln(queries on a day with any) of accounts that send a template often. */
async function collectRates(context: DetectorContext, minimumQueries: number): Promise<void> {
  const { engine, calls, features } = context;
  const template = identifier(templateSource(context));
  await engine.execute(sql`
    CREATE OR REPLACE TABLE rates AS
    SELECT template, account, sent AS queries, ln(sent / days) AS log_rate
    FROM (SELECT ${template} AS template, account_id, count(*)::DOUBLE AS sent,
            ${engine.dialect.distinctSmallIntegers(sql`${engine.dialect.epochSeconds(sql`timestamp`)} // 86400 % 62`)} AS days
          FROM ${identifier(calls.relation)} WHERE ${template} IS NOT NULL AND prompt_hash IS NOT NULL
          GROUP BY ALL HAVING count(*) >= ${minimumQueries})
      JOIN ${identifier(features.relation)} USING (account_id)
    WHERE ${calls.present(sql`template`)} IS NOT NULL`);
}

/**
 * Table `even_rates`: the rows of `rates` inside the most crowded window of templates that pass. The chance that a stranger
 * falls into a window is that of the most crowded window anywhere, each template with the same weight, so that it holds for
 * any shape of the distribution.
 */
async function findEven(
  { engine }: DetectorContext,
  minimumAccounts: number,
  width: number,
  expectedFalse: number,
): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE even_rates AS
    WITH weighted AS (SELECT *, count(*) OVER (PARTITION BY template) AS sharers FROM rates),
      crowds AS (SELECT sum(1 / sharers) OVER (ORDER BY log_rate RANGE BETWEEN CURRENT ROW AND ${width} FOLLOWING) AS weight FROM weighted),
      chance AS (SELECT least(0.999, max(weight) / (SELECT sum(1 / sharers) FROM weighted)) AS p FROM crowds),
      windows AS (
        SELECT template, sharers, log_rate AS lowest, count(*) OVER (
            PARTITION BY template ORDER BY log_rate RANGE BETWEEN CURRENT ROW AND ${width} FOLLOWING) AS inside
        FROM weighted WHERE sharers >= ${minimumAccounts}),
      fullest AS (
        SELECT template, any_value(sharers) AS sharers, max(inside) AS inside, arg_max(lowest, (inside, -lowest)) AS lowest
        FROM windows GROUP BY template)
    SELECT rates.* FROM fullest JOIN rates USING (template), chance
    WHERE log_rate BETWEEN lowest AND lowest + ${width}
      AND ${binomialAtLeast(sql`inside`, sql`sharers`, sql`p`)}
        > ${correctedSurprise(sql`(SELECT sum(sharers) FROM fullest)`, expectedFalse)}`);
}

/**
 * Table `repeats` (template, repeated, expected): calls whose prompt was sent with the template before, by whichever
 * account, and how many these would be at the usual rate. A prompt is in the sample with all its calls or with none.
 */
async function countRepeats(context: DetectorContext): Promise<void> {
  const { engine, calls, features } = context;
  const template = identifier(templateSource(context));
  const usual = sql`
    SELECT median(1 - prompts / sent) AS share
    FROM (SELECT count(*) AS sent, count(DISTINCT prompt_hash) AS prompts FROM ${identifier(calls.relation)}
          WHERE account_id IN (
            SELECT account_id FROM ${identifier(features.relation)} WHERE account IN (SELECT account FROM rates)
            ORDER BY ${engine.dialect.hash(sql`account`)}, account LIMIT ${accountSample})
          GROUP BY account_id)`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE repeats AS
    WITH sampling AS (
        SELECT template, greatest(1, sum(queries) // ${promptSample})::UBIGINT AS one_in FROM even_rates GROUP BY template),
      senders AS (SELECT template, account_id FROM even_rates JOIN ${identifier(features.relation)} USING (account)),
      asked AS (
        SELECT template, prompt_hash, count(*) AS sent
        FROM (SELECT ${template} AS template, account_id, prompt_hash FROM ${identifier(calls.relation)} WHERE prompt_hash IS NOT NULL)
          JOIN senders USING (template, account_id) JOIN sampling USING (template)
        WHERE ${engine.dialect.hash(sql`prompt_hash`)} % one_in = 0 GROUP BY ALL)
    SELECT template, (sum(sent) - count(*))::DOUBLE AS repeated, sum(sent) * (${usual}) AS expected
    FROM asked GROUP BY template`);
}
