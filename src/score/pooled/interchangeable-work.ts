import { identifier, sql } from '../../engine/sql.ts';
import { rounded } from '../../util/text.ts';
import type { CallTest } from './call-tests.ts';

/** Prompts of an account that are compared. */
const promptsPerAccount = 40;

/** Fewer accounts or prompts than this have no topics to tell apart. */
const fewestAccounts = 5;
const fewestPrompts = 100;

/** Words; in scripts without blanks between words, characters. */
const word = '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|[^\\P{L}\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]+';

/**
 * People and firms have topics, languages and turns of their own, so that two prompts of one account are more alike than
 * those of two accounts, even if all use one product. Of a list that is dealt out, any account gets any piece. The figure is
 * ln(similarity within accounts / between them), where a word in common counts by the square of its inverse document
 * frequency: 0 where accounts are interchangeable. Words never leave the engine.
 */
export const interchangeableWork: CallTest = {
  id: 'interchangeable-work',
  family: 'content',
  matchesVolume: true,
  isPossible: (calls) => calls.texts !== undefined,
  figures: ({ engine }, calls) => sql`
    WITH kept AS (
        SELECT account_id, unnest(min_by(prompt, ${engine.dialect.hash(sql`prompt`)}, ${promptsPerAccount})) AS prompt
        FROM ${identifier(calls.texts ?? '')} WHERE prompt IS NOT NULL AND account_id IN (SELECT account_id FROM drawn)
        GROUP BY account_id),
      words AS (
        SELECT DISTINCT account_id, ${engine.dialect.hash(sql`prompt`)} AS prompt,
          ${engine.dialect.hash(sql`unnest(regexp_extract_all(lower(prompt), ${word}))`)} AS word
        FROM (SELECT DISTINCT account_id, prompt FROM kept)),
      sizes AS (
        SELECT cluster, draw, account_id, count(DISTINCT prompt) AS prompts FROM words JOIN drawn USING (account_id) GROUP BY ALL),
      pairs AS (
        SELECT cluster, draw, sum(prompts) AS prompts, sum(prompts * (prompts - 1)) AS within,
          sum(prompts) * (sum(prompts) - 1) - sum(prompts * (prompts - 1)) AS between
        FROM sizes GROUP BY ALL HAVING count(*) >= ${fewestAccounts} AND sum(prompts) >= ${fewestPrompts}),
      uses AS (
        SELECT cluster, draw, word, account_id, count(*) AS uses FROM words JOIN drawn USING (account_id) GROUP BY ALL),
      shared AS (
        SELECT cluster, draw, sum(uses) AS uses, sum(uses * (uses - 1)) AS within FROM uses GROUP BY cluster, draw, word),
      weighted AS (
        SELECT cluster, draw, any_value(pairs.within) AS pairs_within, any_value(between) AS pairs_between,
          sum(ln(prompts / uses) ** 2 * shared.within) AS within,
          sum(ln(prompts / uses) ** 2 * (uses * (uses - 1) - shared.within)) AS between
        FROM shared JOIN pairs USING (cluster, draw) GROUP BY ALL)
    SELECT cluster, draw, ln((within / pairs_within) / (between / pairs_between)) AS figure FROM weighted
    WHERE within > 0 AND between > 0 AND pairs_within > 0 AND pairs_between > 0`,
  explain: (observed, expected) =>
    `two prompts of one of its accounts are ${rounded(Math.exp(observed))} times as alike as those of two, those of as many ` +
    `similar outsiders ${rounded(Math.exp(expected))} times`,
};
