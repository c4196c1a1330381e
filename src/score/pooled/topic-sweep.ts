import { identifier, sql } from '../../engine/sql.ts';
import { rounded } from '../../util/text.ts';
import type { CallTest } from './call-tests.ts';
import { word } from './words.ts';

/** Calls in a row of an account that are looked at, from a place of its own on; fewer say nothing. */
const callsInRow = 40;
const fewestCalls = 15;

/** Calls this far apart stand for any two; people have moved on by then. */
const farApart = 10;

/** Part of the mean likeness that any two calls are granted, so that those who never come back have a figure too. */
const leastShare = 0.1;

/** A word in more of the prompts is the language or a template, and no subject. */
const mostCommon = 0.1;

/**
 * People stay with a subject for a while and come back to it, so that a prompt is more like the one before it than like one
 * long before. A list that is worked off, a syllabus or a data set, has no such thread. The figure is ln(likeness of
 * neighbours / likeness of calls far apart) over the words that are not common, averaged over accounts: 0 without a thread.
 */
export const topicSweep: CallTest = {
  id: 'topic-sweep',
  family: 'content',
  matchesVolume: true,
  isPossible: (calls) => calls.texts !== undefined,
  async figures({ engine }, calls) {
    const { hash } = engine.dialect;
    await engine.execute(sql`
      CREATE OR REPLACE TABLE rows_of_calls AS
      WITH sent AS (
          SELECT account_id, timestamp, ${hash(sql`prompt`)} AS key FROM ${identifier(calls.texts ?? '')}
          WHERE prompt IS NOT NULL AND account_id IN (SELECT account_id FROM drawn)),
        placed AS (
          SELECT account_id, key, row_number() OVER (PARTITION BY account_id ORDER BY timestamp, key) AS place,
            count(*) OVER (PARTITION BY account_id) AS calls, min(key) OVER (PARTITION BY account_id) AS chance
          FROM sent)
      SELECT account_id, key, place FROM placed
      WHERE calls >= ${fewestCalls} AND place - 1 - chance % greatest(1, calls - ${callsInRow})::UBIGINT BETWEEN 0 AND ${callsInRow - 1}`);
    await engine.execute(sql`
      CREATE OR REPLACE TABLE subjects AS
      WITH texts AS (
          SELECT key, any_value(prompt) AS prompt FROM (SELECT ${hash(sql`prompt`)} AS key, prompt FROM ${identifier(calls.texts ?? '')})
          SEMI JOIN rows_of_calls USING (key) GROUP BY key),
        words AS (
          SELECT key, ${hash(sql`unnest(list_distinct(regexp_extract_all(lower(left(prompt, 1000)), ${word})))`)} AS word FROM texts),
        known AS (SELECT word, ln((SELECT count(*) FROM texts) / count(*)) AS weight FROM words GROUP BY word
          HAVING count(*) BETWEEN 2 AND ${mostCommon} * (SELECT count(*) FROM texts))
      SELECT account_id, place, word, weight ** 2 AS weight FROM words JOIN known USING (word) JOIN rows_of_calls USING (key)`);
    return sql`
      WITH pairs AS (
          SELECT a.account_id, sum(a.weight) FILTER (b.place - a.place = 1) AS near,
            sum(a.weight) FILTER (b.place - a.place >= ${farApart}) AS far
          FROM subjects a JOIN subjects b ON a.account_id = b.account_id AND a.word = b.word AND b.place > a.place GROUP BY ALL),
        sizes AS (SELECT account_id, count(*) AS calls FROM rows_of_calls GROUP BY account_id),
        sums AS (
          SELECT cluster, draw, sum(coalesce(near, 0)) AS near, sum(coalesce(far, 0)) AS far, sum(calls - 1) AS near_pairs,
            sum((calls - ${farApart}) * (calls - ${farApart} + 1) / 2) AS far_pairs
          FROM drawn JOIN sizes USING (account_id) LEFT JOIN pairs USING (account_id) GROUP BY ALL),
        shares AS (SELECT *, ${leastShare} * (near + far) / (near_pairs + far_pairs) AS least FROM sums)
      SELECT cluster, draw, ln((near / near_pairs + least) / (far / far_pairs + least)) AS figure FROM shares WHERE near + far > 0`;
  },
  explain: (observed, expected) =>
    `a prompt is ${rounded(Math.exp(observed))} times as like the one before it as like one long before, of as many similar ` +
    `outsiders ${rounded(Math.exp(expected))} times`,
};
