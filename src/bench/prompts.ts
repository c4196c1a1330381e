import { type Sql, sql } from '../engine/sql.ts';

/** Words that prompts are made of, and shares of the prompts that fill a template or vary a text; the rest are texts of their own. */
const vocabulary = 30_000;
const templates = 200;
const texts = 500;
const filledShare = 0.4;
const variedShare = 0.1;
const accounts = 5_000;

/** A table `words` with one row: a list of made words. */
export const createWords = sql`
  CREATE OR REPLACE TABLE words AS
  SELECT list(word ORDER BY number) AS words FROM (
    SELECT number, left(translate(md5(number::VARCHAR), '0123456789', 'ghijklmnop'), 2 + (number * 7 % 9)::INTEGER) AS word
    FROM range(${vocabulary}) numbers (number))`;

/** So many words, drawn by Zipf's law, the same for the same key. */
function drawn(count: Sql, key: Sql): Sql {
  const uniform = sql`(hash(hash(hash(${key}), position)) % 1000003 / 1000003.0)`;
  return sql`array_to_string(list_transform(range(${count}), lambda position: words[1 + floor(${vocabulary} ** ${uniform})::INTEGER]), ' ')`;
}

/** The words of a text, one in ten replaced by one of the call's own. */
function varied(count: Sql, key: Sql, call: Sql): Sql {
  const own = sql`CASE WHEN hash(hash(${call}, position)) % 10 = 0 THEN hash(${call}) ELSE hash(${key}) END`;
  const uniform = sql`(hash(hash(${own}, position)) % 1000003 / 1000003.0)`;
  return sql`array_to_string(list_transform(range(${count}), lambda position: words[1 + floor(${vocabulary} ** ${uniform})::INTEGER]), ' ')`;
}

/**
 * Calls with prompts of about 1,000 characters: 40 % fill one of 200 templates (20 words before, 20 after a free slot of 100
 * to 120), 10 % vary one of 500 texts by a tenth of its words, the rest are texts of their own. `model` names what a
 * prompt was made of.
 */
export function madePrompts(count: number): Sql {
  const template = sql`hash(hash(call, 2)) % ${templates}`;
  const text = sql`hash(hash(call, 3)) % ${texts}`;
  return sql`
    SELECT TIMESTAMP '2026-03-01 00:00:00' + to_seconds(call) AS timestamp, 'account-' || (hash(hash(call, 1)) % ${accounts}) AS account_id,
      CASE WHEN kind < ${filledShare} THEN 'template ' || ${template} WHEN kind < ${filledShare + variedShare} THEN 'text ' || ${text}
          ELSE 'own ' || call END AS model,
      CASE WHEN kind < ${filledShare}
          THEN ${drawn(sql`20`, sql`'before ' || ${template}`)} || ' ' || ${drawn(sql`100 + call % 20`, sql`call`)} || ' ' || ${drawn(sql`20`, sql`'after ' || ${template}`)}
        WHEN kind < ${filledShare + variedShare} THEN ${varied(sql`145`, sql`'text ' || ${text}`, sql`call`)}
        ELSE ${drawn(sql`145`, sql`call`)} END AS prompt
    FROM (SELECT call, hash(hash(call, 4)) % 1000003 / 1000003.0 AS kind FROM range(${count}) calls (call)), words`;
}
