import { sql } from '../../engine/sql.ts';
import { rounded } from '../../util/text.ts';
import type { CallTest } from './call-tests.ts';
import { word } from './words.ts';

/** Fewer accounts or prompts than this have no topics to tell apart. */
const fewestAccounts = 5;
const fewestPrompts = 100;

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
  figures: ({ engine }) => sql`
    WITH words AS (
        SELECT account_id, ${engine.dialect.hash(sql`word`)} AS word, count(*)::INTEGER AS uses
        FROM (SELECT account_id, unnest(list_distinct(regexp_extract_all(lower(prompt), ${word}))) AS word FROM sampled_prompts)
        GROUP BY ALL),
      sizes AS (
        SELECT cluster, draw, account_id, count(*) AS prompts FROM sampled_prompts JOIN drawn USING (account_id) GROUP BY ALL),
      pairs AS (
        SELECT cluster, draw, sum(prompts) AS prompts, sum(prompts * (prompts - 1)) AS within,
          sum(prompts) * (sum(prompts) - 1) - sum(prompts * (prompts - 1)) AS between
        FROM sizes GROUP BY ALL HAVING count(*) >= ${fewestAccounts} AND sum(prompts) >= ${fewestPrompts}),
      shared AS (
        SELECT cluster, draw, sum(uses) AS uses, sum(uses * (uses - 1)) AS within
        FROM words JOIN drawn USING (account_id) GROUP BY cluster, draw, word),
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
