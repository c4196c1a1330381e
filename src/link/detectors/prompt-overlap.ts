import { z } from 'zod';
import { identifier, type Sql, sql } from '../../engine/sql.ts';
import { templateColumns } from '../../model/column.ts';
import { count } from '../../util/text.ts';
import { correctedSurprise, poissonAtLeast } from '../chance.ts';
import { labelComponents } from '../components.ts';
import type { Detector, DetectorContext } from '../detector.ts';
import { sharedColumns } from '../shared-column.ts';

const params = z.object({
  minimumPrompts: z.number().int().min(2).default(3).describe('different prompts in common: fewer are a coincidence'),
  maximumShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe('share of all accounts that send a prompt: more is common'),
  expectedFalsePairs: z
    .number()
    .positive()
    .default(0.01)
    .describe('pairs of strangers that chance may pass, over all pairs'),
});

type Settings = z.infer<typeof params>;

/** A prompt that this few accounts send is rare in a log of any size. */
const alwaysRare = 20;

/** Calls whose prompts are told apart in one pass, and pairs of accounts that are counted; more would not fit into memory. */
const callsPerPass = 20_000_000;
const mostPairs = 20_000_000;

/** Share of a prompt's senders who use one template, from which on the prompt is taken for its stock; the rest pass it on. */
const stockShare = 0.2;

/** Times as much as in the whole population; most of the senders of anything use a common client. */
const stockExcess = 4;

/**
 * Finds accounts that send several of the same rare prompts, more than the bipartite configuration model explains (Poisson
 * tail, mean k_a k_b S with S = sum over prompts of d (d - 1) / E^2, corrected over all pairs; Neal, Domagalski and Sagan,
 * Scientific Reports 11:23929, 2021). Where two accounts share a template, tool set or client, the model of the accounts
 * that use it has to fail as well. All accounts that hang together so share one value: one pool of prompts, counted once.
 */
export const promptOverlap: Detector = {
  id: 'prompt-overlap',
  title: 'Several accounts send many of the same rare prompts',
  family: 'content',
  rationale:
    'Workers who sample one model several times, or retry each other’s jobs, send the same prompts. So do the users of a ' +
    'product and the students of a course; what they have in common is explained by the template they share, or else ' +
    'counts as one thing, by how many others have it.',
  params,
  // Where no column tells what a prompt came with, users of one product look like workers of one queue.
  needs: [['prompt_hash'], templateColumns],
  optional: ['user_agent'],
  fewestQueries: 2,
  comesWithProduct: true,
  population: 'everybody',
  async evidence(context, parameters) {
    const settings = params.parse(parameters);
    await collectSharedPrompts(context);
    await keepRarePrompts(context, settings.maximumShare);
    await findPairs(context, settings);
    await dropNested(context, settings);
    await labelComponents(context.engine, sql`SELECT first, second FROM overlapping`);
    return sql`
      WITH owned AS (
        SELECT label, prompt FROM labels JOIN rare USING (entity) GROUP BY ALL HAVING count(DISTINCT entity) > 1)
      SELECT asked.account, 'prompts of the pool around ' || first.account_id AS value, sum(asked.queries) AS queries
      FROM owned JOIN labels USING (label) JOIN asked USING (entity, prompt)
      JOIN ${identifier(context.features.relation)} first ON first.account = label
      GROUP BY asked.account, first.account_id`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} send many of the same rare prompts, in ` +
    `${count(facts.queries, 'query', 'queries')}; chance would not give two of them so many in common`,
  innocentCauses: ['a public benchmark, or the exercises of a course', 'the built-in prompts of a product'],
};

/**
 * Table `asked` (entity, account, prompt, queries): who sent which prompt, only prompts of at least two accounts. Most
 * prompts have one sender, and are dropped before anything is joined; they are told apart in several passes.
 */
async function collectSharedPrompts({ engine, calls, features }: DetectorContext): Promise<void> {
  const { hash } = engine.dialect;
  const prompt = hash(sql`prompt_hash`);
  const passes = Math.max(1, Math.ceil(calls.rowsUsed / callsPerPass));
  await engine.execute(sql`CREATE OR REPLACE TABLE shared_prompts (prompt UBIGINT)`);
  for (let pass = 0; pass < passes; pass += 1) {
    await engine.execute(sql`
      INSERT INTO shared_prompts
      SELECT ${prompt} AS prompt FROM ${identifier(calls.relation)}
      WHERE prompt_hash IS NOT NULL AND ${prompt} % ${passes} = ${pass}
      GROUP BY 1 HAVING min(${hash(sql`account_id`)}) <> max(${hash(sql`account_id`)})`);
  }
  await engine.execute(sql`
    CREATE OR REPLACE TABLE asked AS
    WITH sent AS (
      SELECT account_id, prompt_hash, count(*)::DOUBLE AS queries FROM ${identifier(calls.relation)}
      WHERE ${prompt} IN (SELECT prompt FROM shared_prompts) GROUP BY ALL)
    SELECT entity, account, ${prompt} AS prompt, sent.queries FROM sent JOIN ${identifier(features.relation)} USING (account_id)
    WHERE ${calls.present(sql`prompt_hash`)} IS NOT NULL`);
  await engine.execute(sql`DROP TABLE shared_prompts`);
}

/** Tables `rare` (entity, prompt) and `senders` (entity, prompts): without prompts of one entity, of too many, or of too many pairs. */
async function keepRarePrompts({ engine, features }: DetectorContext, maximumShare: number): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE degrees AS
    SELECT prompt, count(DISTINCT entity) AS sharers FROM asked GROUP BY prompt HAVING count(DISTINCT entity) > 1`);
  const most = Math.max(alwaysRare, Math.floor(maximumShare * features.count));
  const limit = sql`
    SELECT coalesce(max(sharers), 0) FROM (
      SELECT sharers, sum(count(*) * sharers * (sharers - 1) / 2) OVER (ORDER BY sharers) AS pairs
      FROM degrees WHERE sharers <= ${most} GROUP BY sharers)
    WHERE pairs <= ${mostPairs}`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE rare AS
    SELECT DISTINCT entity, prompt FROM asked JOIN degrees USING (prompt) WHERE sharers <= (${limit})`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE senders AS SELECT entity, count(*)::DOUBLE AS prompts FROM rare GROUP BY entity`);
}

/** S of the configuration model over all accounts. */
const concentrationOfAll = sql`
  SELECT sum(sharers * (sharers - 1)) / greatest(1, sum(sharers) ** 2) FROM (SELECT count(*)::DOUBLE AS sharers FROM rare GROUP BY prompt)`;

/**
 * Table `overlapping` (first, second, common, product): pairs beyond the model of all accounts; `product` is k_a k_b. Who
 * would not pass together with a twin, which sends just the same prompts, passes with nobody and is left out beforehand: in
 * the tail of k_a or fewer in common where k_a k_b S are expected, both bounds only fall short of it.
 */
async function findPairs({ engine, features }: DetectorContext, settings: Settings): Promise<void> {
  const beyondChance = (common: Sql, product: Sql) =>
    sql`${poissonAtLeast(common, sql`(${product} * (${concentrationOfAll}))`)} > ${threshold(features.count, settings)}`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE overlapping AS
    WITH able AS MATERIALIZED (
        SELECT entity, prompt FROM rare
        SEMI JOIN (SELECT entity FROM senders WHERE ${beyondChance(sql`prompts`, sql`prompts * prompts`)}) USING (entity)),
      counted AS (
        SELECT one.entity AS first, other.entity AS second, count(*)::DOUBLE AS common
        FROM able one JOIN able other USING (prompt) WHERE one.entity < other.entity
        GROUP BY ALL HAVING count(*) >= ${settings.minimumPrompts})
    SELECT first, second, common, a.prompts * b.prompts AS product
    FROM counted JOIN senders a ON a.entity = first JOIN senders b ON b.entity = second
    WHERE ${beyondChance(sql`common`, sql`a.prompts * b.prompts`)}`);
}

function threshold(accounts: number, { expectedFalsePairs }: Settings) {
  return correctedSurprise(sql`${(accounts * (accounts - 1)) / 2}`, expectedFalsePairs);
}

/**
 * Removes pairs from `overlapping` whose prompts are explained by what they come with. Stock of a template that the two do
 * not both use counts as one thing; of one that both use, prompt by prompt, but then the model of its users has to fail.
 */
async function dropNested(context: DetectorContext, settings: Settings): Promise<void> {
  const { engine, features } = context;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE outer_values AS
    SELECT DISTINCT entity, value FROM (${sharedColumns(context, [...templateColumns, 'user_agent'])}) JOIN ${identifier(features.relation)} USING (account)`);
  await dropOwnTemplates(context);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE in_both AS
    SELECT first, second, a.value FROM overlapping
    JOIN outer_values a ON a.entity = first JOIN outer_values b ON b.entity = second AND b.value = a.value`);
  await findStock(context);
  await countThings(engine);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE overlapping AS
    SELECT overlapping.* FROM overlapping JOIN things USING (first, second)
    WHERE things >= ${settings.minimumPrompts}
      AND ${poissonAtLeast(sql`things`, sql`(product * greatest((${concentrationOfAll}), coalesce(concentration, 0)))`)}
        > ${threshold(features.count, settings)}`);
  for (const name of ['outer_values', 'in_both', 'stock', 'things'])
    await engine.execute(sql`DROP TABLE ${identifier(name)}`);
}

/** A mined template that only one prompt fills is that prompt over again, and explains nothing: it is no outer value. */
async function dropOwnTemplates({ engine, calls }: DetectorContext): Promise<void> {
  if (calls.texts === undefined || !calls.columns.has('template_hash')) return;
  await engine.execute(sql`
    DELETE FROM outer_values WHERE value IN (
      SELECT 'template_hash:' || template_hash FROM ${identifier(calls.relation)}
      WHERE 'template_hash:' || template_hash IN (SELECT value FROM outer_values GROUP BY value HAVING count(*) > 1)
      GROUP BY template_hash HAVING min(prompt_hash) = max(prompt_hash))`);
}

/** Table `stock` (prompt, value): prompts that come with a template, tool set or client, far more often than that is used. */
async function findStock({ engine, features }: DetectorContext): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE stock AS
    WITH popularity AS (SELECT value, count(*) / ${features.count} AS share FROM outer_values GROUP BY value),
      sent_with AS (SELECT prompt, value, count(*) AS users FROM rare JOIN outer_values USING (entity) GROUP BY prompt, value),
      senders AS (SELECT prompt, count(*) AS senders FROM rare GROUP BY prompt)
    SELECT prompt, arg_max(value, (users, value)) AS value
    FROM sent_with JOIN senders USING (prompt) JOIN popularity USING (value)
    WHERE users > 1 AND users >= senders * greatest(${stockShare}, least(0.9, ${stockExcess} * share)) GROUP BY prompt`);
}

/** Table `things` (first, second, things, concentration): see `dropNested`; the largest concentration of what both use. */
async function countThings(engine: DetectorContext['engine']): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE things AS
    WITH prompts AS (
        SELECT first, second, one.prompt FROM overlapping JOIN rare one ON one.entity = first
        JOIN rare other ON other.entity = second AND other.prompt = one.prompt),
      counted AS (
        SELECT first, second, count(DISTINCT
            CASE WHEN stock.value IS NULL OR in_both.value IS NOT NULL THEN prompt::VARCHAR ELSE stock.value END)::DOUBLE AS things
        FROM prompts LEFT JOIN stock USING (prompt) LEFT JOIN in_both USING (first, second, value) GROUP BY first, second),
      degrees_within AS (
        SELECT value, prompt, count(*)::DOUBLE AS sharers FROM outer_values JOIN rare USING (entity)
        WHERE value IN (SELECT value FROM in_both) GROUP BY value, prompt),
      within AS (
        SELECT value, sum(sharers * (sharers - 1)) / sum(sharers) ** 2 AS concentration FROM degrees_within GROUP BY value),
      nested AS (
        SELECT first, second, max(concentration) AS concentration FROM in_both JOIN within USING (value) GROUP BY first, second)
    SELECT first, second, things, concentration FROM counted LEFT JOIN nested USING (first, second)`);
}
