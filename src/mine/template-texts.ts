import type { Engine } from '../engine/engine.ts';
import { identifier, sql } from '../engine/sql.ts';
import { masked } from './mask.ts';
import { type TextSource, textsOf } from './sample.ts';
import { joined, shingles, shingleTokens, tokens } from './shingles.ts';

/** What fewer accounts send is a person's own words rather than a template, and is not shown. */
const fewestAccounts = 3;

/** Templates that have a text at most, those of most accounts first. */
const mostTemplates = 100_000;

const mostCharacters = 300;

/**
 * Adds the texts of a column's templates to `template_texts`: of a learned template the masked text of its first wording,
 * with `<*>` for what is not constant; of any other its skeleton. Needs the relations of `sampleTexts`, `storeWordings` and
 * `assignTemplates`.
 */
export async function addTemplateTexts(engine: Engine, source: TextSource, assigned: string): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE representatives AS
    WITH senders AS (SELECT template_id, owner FROM ${identifier(assigned)} JOIN text_owners USING (text_key)),
      common AS (SELECT template_id FROM senders GROUP BY template_id HAVING min(owner) <> max(owner)),
      shown AS (
        SELECT template_id FROM senders SEMI JOIN common USING (template_id) GROUP BY template_id
        HAVING count(DISTINCT owner) >= ${fewestAccounts} ORDER BY count(DISTINCT owner) DESC, template_id LIMIT ${mostTemplates}),
      first_wordings AS (SELECT template_id, min(wording) AS wording, arg_min(text_key, wording) AS text_key FROM wordings GROUP BY template_id)
    SELECT template_id, any_value(w.wording) AS wording, coalesce(any_value(w.text_key), min(a.text_key)) AS text_key
    FROM shown JOIN ${identifier(assigned)} a USING (template_id) LEFT JOIN first_wordings w USING (template_id) GROUP BY template_id`);
  const texts = masked(textsOf(source, sql`representatives`));
  const constant = sql`
    SELECT DISTINCT template_id, unnest(range(place, place + ${shingleTokens})) AS place
    FROM (${shingles(engine.dialect, texts, sql`template_id, wording`)}) JOIN constants USING (wording, shingle)`;
  await engine.execute(sql`
    INSERT INTO template_texts
    WITH token_rows AS (
        SELECT template_id, wording, unnest(tokens) AS token, generate_subscripts(tokens, 1) AS place
        FROM (SELECT template_id, wording, ${tokens} AS tokens FROM (${texts}))),
      slotted AS (
        SELECT template_id, place, CASE WHEN wording IS NULL OR c.place IS NOT NULL THEN token ELSE '<*>' END AS token
        FROM token_rows t LEFT JOIN (${constant}) c USING (template_id, place)),
      told_apart AS (SELECT *, lag(token) OVER (PARTITION BY template_id ORDER BY place) AS previous FROM slotted)
    SELECT template_id, left(${joined(sql`string_agg(token, ' ' ORDER BY place)`)}, ${mostCharacters}) AS text
    FROM told_apart WHERE token <> '<*>' OR previous IS DISTINCT FROM '<*>' GROUP BY template_id`);
  for (const name of ['representatives', 'text_owners']) await engine.execute(sql`DROP TABLE ${identifier(name)}`);
}
