import type { Engine } from '../../engine/engine.ts';
import { sql } from '../../engine/sql.ts';

/** Posts of one trace that an hour needs for its accounts to be dealt out among themselves. */
const fewestInHour = 10;

/**
 * Replaces the accounts of `posts` by a permutation of them within the hour and the trace that an account's requests come
 * from. Each account keeps its number of posts, each object its number of posts and its times; who shares what with whom is
 * chance. Hours with few posts of a trace are taken together by hour of week.
 */
export async function permuteAccounts(engine: Engine, seed: number): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE posts AS
    WITH hourly AS (
        SELECT posts.*, trace, floor(seconds / 3600) AS hour FROM posts JOIN senders USING (account_id)),
      cells AS (
        SELECT *, CASE WHEN count(*) OVER (PARTITION BY hour, trace) >= ${fewestInHour} THEN hour ELSE -hour % 168 END AS cell
        FROM hourly),
      dealt AS (
        SELECT *, row_number() OVER (PARTITION BY cell, trace ORDER BY post) AS place,
          row_number() OVER (PARTITION BY cell, trace ORDER BY hash(hash(${seed}::INTEGER, post)), post) AS draw
        FROM cells)
    SELECT there.* EXCLUDE (account_id, trace, hour, cell, place, draw), here.account_id
    FROM dealt there JOIN dealt here ON here.cell = there.cell AND here.trace = there.trace AND here.draw = there.place`);
}
