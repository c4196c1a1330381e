import type { Engine } from '../../engine/engine.ts';
import { identifier, sql } from '../../engine/sql.ts';

/** Posts with an object that an hour of one trace needs for its objects to be dealt out among themselves. */
const fewestInHour = 10;

/**
 * Replaces the links of `posts`: each kind of object is permuted by itself among the posts that have one, within the hour and
 * the trace that the account's requests come from. Each account keeps its posts, their times and its number of objects of
 * each kind, each object its number of posts; who shares what with whom is chance. Kinds have to be permuted apart, since a
 * page and its picture come together, and who shares one by chance would share the other. Hours with few posts are taken
 * together by hour of week.
 */
export async function permuteLinks(engine: Engine, objects: readonly string[], seed: number): Promise<void> {
  for (const name of objects) {
    const object = identifier(name);
    await engine.execute(sql`
      CREATE OR REPLACE TABLE posts AS
      WITH hourly AS (
          SELECT post, ${object}, trace, floor(seconds / 3600) AS hour FROM posts JOIN senders USING (account_id)
          WHERE ${object} IS NOT NULL),
        cells AS (
          SELECT *, CASE WHEN count(*) OVER (PARTITION BY hour, trace) >= ${fewestInHour} THEN hour ELSE -hour % 168 END AS cell
          FROM hourly),
        dealt AS (
          SELECT *, row_number() OVER (PARTITION BY cell, trace ORDER BY post) AS place,
            row_number() OVER (PARTITION BY cell, trace ORDER BY hash(hash(${seed}::INTEGER, ${name}, post)), post) AS draw
          FROM cells),
        moved AS (
          SELECT here.post, there.${object}
          FROM dealt here JOIN dealt there ON here.cell = there.cell AND here.trace = there.trace AND here.draw = there.place)
      SELECT posts.* EXCLUDE (${object}), moved.${object} FROM posts LEFT JOIN moved USING (post)`);
  }
}
