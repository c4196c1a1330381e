import { basename } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { uniform } from '../../simulate/draw.ts';
import { InputError } from '../../util/errors.ts';

/** Real data that a planted world is made of. */
export interface Sources {
  /** CSV of posts: `account_id`, one column that starts with `timestamp` (s since 1970), and columns of shared objects. */
  readonly posts: string;
  /** CSV files of single requests with columns ContextTokens and GeneratedTokens. */
  readonly tokens: readonly string[];
  /** CSV files of the load of one API client each, without header: start of a window in s, requests a second, and more. */
  readonly clients: readonly string[];
}

export interface Background {
  readonly name: string;
  /** Columns of table `posts` that hold what accounts share, in the order of the file. */
  readonly objects: readonly string[];
}

/** Seconds between two posts beyond which the later one is no part of the same session. */
const sessionGap = 3600;

/**
 * Reads the sources into tables: `posts` (post, account_id, seconds, the objects), `lengths` (rank, posts: posts of each
 * account), `gaps` (rank, seconds between posts of one session), `tokens` (trace, rank, input_tokens, output_tokens),
 * `windows` (client, second, rate, periods, load_before: the share of
 * the client's load before this window, 0..1). Throws `InputError`
 * where posts have no time or no objects.
 */
export async function readBackground(engine: Engine, { posts, tokens, clients }: Sources): Promise<Background> {
  const columns = await engine.query(sql`DESCRIBE SELECT * FROM read_csv(${posts})`);
  const names = [...columns].map((row): string => row.column_name);
  const time = names.find((name) => name.startsWith('timestamp'));
  const objects = names.filter((name) => name !== 'account_id' && name !== time);
  if (time === undefined || objects.length === 0 || objects.length === names.length)
    throw new InputError(`${posts}: no account_id, timestamp or objects`, 'name a CSV file of posts by accounts');
  const texts = join(objects.map((name) => sql`${identifier(name)}::VARCHAR AS ${identifier(name)}`));
  await engine.execute(sql`
    CREATE TABLE posts AS
    SELECT row_number() OVER (ORDER BY seconds, account_id, ${join(objects.map(identifier))}) - 1 AS post, *
    FROM (SELECT ${identifier(time)}::DOUBLE AS seconds, account_id::VARCHAR AS account_id, ${texts} FROM read_csv(${posts}))
    WHERE seconds IS NOT NULL AND account_id IS NOT NULL`);
  await engine.execute(sql`
    CREATE TABLE lengths AS
    SELECT row_number() OVER (ORDER BY posts) - 1 AS rank, posts FROM (SELECT count(*) AS posts FROM posts GROUP BY account_id)`);
  await engine.execute(sql`
    CREATE TABLE gaps AS
    SELECT row_number() OVER (ORDER BY gap) - 1 AS rank, gap
    FROM (SELECT seconds - lag(seconds) OVER (PARTITION BY account_id ORDER BY seconds, post) AS gap FROM posts)
    WHERE gap BETWEEN 1 AND ${sessionGap}`);
  await readTokens(engine, tokens);
  await readClients(engine, clients);
  await engine.execute(sql`
    CREATE TABLE senders AS ${sendersOf(sql`SELECT DISTINCT account_id FROM posts UNION ALL SELECT DISTINCT 'client-' || client FROM windows`)}`);
  return { name: basename(posts).replace(/\..*$/, ''), objects };
}

async function readTokens(engine: Engine, paths: readonly string[]): Promise<void> {
  await engine.execute(sql`
    CREATE TABLE tokens AS
    SELECT trace, row_number() OVER (PARTITION BY trace ORDER BY input_tokens, output_tokens) - 1 AS rank, input_tokens, output_tokens
    FROM (SELECT dense_rank() OVER (ORDER BY filename) - 1 AS trace, ContextTokens::INTEGER AS input_tokens,
            GeneratedTokens::INTEGER AS output_tokens FROM read_csv(${list(paths)}, filename = true))`);
  await engine.execute(sql`CREATE TABLE traces AS SELECT trace, count(*) AS requests FROM tokens GROUP BY trace`);
}

async function readClients(engine: Engine, paths: readonly string[]): Promise<void> {
  await engine.execute(sql`
    CREATE TABLE windows AS
    WITH loads AS (
      SELECT dense_rank() OVER (ORDER BY filename) - 1 AS client, column0::DOUBLE AS second, column1::DOUBLE AS rate
      FROM read_csv(${list(paths)}, header = false, filename = true, null_padding = true))
    SELECT client::INTEGER AS client, second, rate, count(*) OVER (PARTITION BY client) AS periods,
      (sum(rate) OVER (PARTITION BY client ORDER BY second) - rate) / sum(rate) OVER (PARTITION BY client) AS load_before
    FROM loads`);
  await engine.execute(sql`DELETE FROM windows WHERE rate <= 0`);
}

/**
 * Rows (account_id, trace, centre, width) of table `senders`: whose requests come from which part of which trace, so that
 * accounts differ by what they ask, as customers do.
 */
export function sendersOf(accounts: Sql): Sql {
  const draw = (name: string) => uniform(sql`${name}`, sql`account_id`);
  return sql`
    SELECT account_id, floor(${draw('trace')} * (SELECT count(*) FROM traces))::INTEGER AS trace, ${draw('centre')} AS centre,
      0.1 + 0.9 * ${draw('width')} AS width
    FROM (${accounts})`;
}

function list(paths: readonly string[]): Sql {
  return sql`[${join(paths.map((path) => sql`${path}`))}]`;
}
