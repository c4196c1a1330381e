import type { Engine } from '../../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { address, uniform } from '../../simulate/draw.ts';

/** Columns of the log in which objects of the background can stand. */
export const roles = ['prompt_hash', 'template_hash', 'ip', 'payment_id', 'tls_fingerprint'] as const;

/** Which object stands in which column; accounts have values of their own in the others, as where a post lacks the object. */
export type Mapping = Readonly<Partial<Record<(typeof roles)[number], string>>>;

/** Mappings in which every object stands in every column once. */
export function mappingsOf(objects: readonly string[]): Mapping[] {
  return roles.map((_, turn) =>
    Object.fromEntries(
      objects.flatMap((object, position) => {
        const role = roles[(position + turn) % roles.length];
        return role === undefined || position >= roles.length ? [] : [[role, object]];
      }),
    ),
  );
}

/**
 * Makes relation `calls` (call, account_id, sender, seconds, is_first, the objects): each post opens a session of as many
 * calls as some account has posts, with gaps between posts of one account between them; API clients without objects send as
 * many calls as there are posts, at their times.
 */
export async function sendCalls(engine: Engine, objects: readonly string[], seed: number): Promise<void> {
  const draw = (name: string, ...parts: readonly Sql[]) => uniform(sql`${seed}::INTEGER`, sql`${name}`, ...parts);
  const names = join(objects.map(identifier));
  await engine.execute(sql`
    CREATE OR REPLACE TABLE calls AS
    WITH openings AS (SELECT *, ${rank(draw('length', sql`post`), 'lengths')} AS rank FROM posts),
      each AS (
        SELECT openings.* EXCLUDE (rank), unnest(generate_series(0, posts - 1)) AS turn FROM openings JOIN lengths USING (rank)),
      waits AS (SELECT *, ${rank(draw('gap', sql`post`, sql`turn`), 'gaps')} AS rank FROM each),
      timed AS (
        SELECT waits.* EXCLUDE (seconds),
          seconds + sum(CASE WHEN turn = 0 THEN 0 ELSE gap END) OVER (PARTITION BY post ORDER BY turn) AS seconds
        FROM waits JOIN gaps USING (rank)),
      loads AS (
        SELECT client, ceil(sum(rate) / (SELECT sum(rate) FROM windows) * (SELECT count(*) FROM posts))::BIGINT AS calls
        FROM windows GROUP BY client),
      wanted AS (SELECT client, unnest(generate_series(1, calls)) AS turn FROM loads),
      drawn AS (SELECT *, ${draw('load', sql`client`, sql`turn`)} AS load FROM wanted)
    SELECT hash(post, turn) AS call, account_id, account_id AS sender, seconds, turn = 0 AS is_first, ${names} FROM timed
    UNION ALL BY NAME
    SELECT hash('client', drawn.client, turn) AS call, 'client-' || drawn.client AS account_id, account_id AS sender, false AS is_first,
      (SELECT min(seconds) FROM posts) + second + ${windowSeconds} * ${draw('moment', sql`drawn.client`, sql`turn`)} AS seconds
    FROM drawn ASOF JOIN windows ON drawn.client = windows.client AND drawn.load >= windows.load_before`);
}

/** Length of a window of the clients' load. */
export const windowSeconds = 600;

/** A row of a table by a number 0..1. */
export function rank(draw: Sql, table: string): Sql {
  return sql`floor(${draw} * (SELECT count(*) FROM ${identifier(table)}))::BIGINT`;
}

/** The rows of `calls` as a log under a mapping; tokens come from the sender's part of its trace. */
export function logOf(mapping: Mapping, seed: number): Sql {
  const own = sql`'own ' || account_id`;
  const asked = sql`'asked ' || call`;
  const object = (role: keyof Mapping) => (mapping[role] === undefined ? sql`NULL` : identifier(mapping[role]));
  const place = uniform(sql`${seed}::INTEGER`, sql`'tokens'`, sql`call`);
  return sql`
    SELECT make_timestamp((seconds * 1000000)::BIGINT) AS timestamp, account_id, 'model-' || trace AS model, input_tokens, output_tokens,
      CASE WHEN is_first THEN coalesce(${object('prompt_hash')}, ${asked}) ELSE ${asked} END AS prompt_hash,
      coalesce(${object('template_hash')}, ${own}) AS template_hash, ${address(sql`hash(coalesce(${object('ip')}, ${own}))`)} AS ip,
      coalesce(${object('payment_id')}, ${own}) AS payment_id, coalesce(${object('tls_fingerprint')}, ${own}) AS tls_fingerprint,
      'client' AS user_agent
    FROM (SELECT calls.*, ${requestOf(place)} FROM calls ${fromSender}) JOIN tokens USING (trace, rank)`;
}

/** Joins what is known of the `sender` of a call, and of its trace. */
export const fromSender = sql`
  JOIN (SELECT account_id AS sender, trace, centre, width FROM senders) USING (sender) JOIN traces USING (trace)`;

/** `trace` and `rank` of a request in a sender's part of its trace, by a number 0..1. */
export function requestOf(draw: Sql): Sql {
  return sql`trace, floor(least(0.999999, greatest(0, centre + width * (${draw} - 0.5))) * requests)::BIGINT AS rank`;
}
