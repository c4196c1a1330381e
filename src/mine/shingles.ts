import type { Dialect } from '../engine/dialect.ts';
import { identifier, join, nothing, type Sql, sql } from '../engine/sql.ts';

/** Tokens in a row that make a shingle: four words of ordinary language recur by chance far less often than three. */
export const shingleTokens = 4;

/** Scripts that do not put blanks between words. */
const unspaced = '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}\\p{Lao}\\p{Khmer}\\p{Myanmar}]';

/** Masks are tokens of their own where the words around them are not told apart by blanks. */
const spacedMasks = sql`CASE WHEN contains(text, '<') THEN regexp_replace(text, '<[a-z]+>', ' \\0 ', 'g') ELSE text END`;

/** The tokens of column `text`, which is masked: what stands between blanks; in scripts without blanks, each character. */
export const tokens: Sql = sql`
  CASE WHEN strlen(text) <> length(text) AND regexp_matches(text, ${unspaced})
    THEN flatten(list_transform(string_split(${spacedMasks}, ' '),
      lambda token: CASE WHEN regexp_matches(token, ${unspaced}) THEN string_split(token, '') WHEN token = '' THEN [] ELSE [token] END))
    ELSE string_split(text, ' ') END`;

/** A text of tokens again: one blank between them, none between characters of scripts without. */
export function joined(text: Sql): Sql {
  const pair = `(${unspaced}) (${unspaced})`;
  const once = sql`regexp_replace(${text}, ${pair}, '\\1\\2', 'g')`;
  return sql`regexp_replace(${once}, ${pair}, '\\1\\2', 'g')`;
}

/**
 * Shingles of the texts of a query with columns `text` and `keys`: a row each, with `keys`, `shingle` (UBIGINT, above 0) and
 * `place`, the position of its first token from 1. A text of fewer tokens has none. `isMarked` adds to every text a row with
 * shingle 0, so that it stays in sight whatever its shingles are joined with.
 */
export function shingles(dialect: Dialect, masked: Sql, keys: Sql, isMarked = false): Sql {
  const { hash } = dialect;
  const following = Array.from({ length: shingleTokens - 1 }, (_, position) => identifier(`token_${position + 2}`));
  const unnested = following.map((name, position) => sql`unnest(hashes[${position + 2}:]) AS ${name}`);
  const complete = sql`${following.at(-1) ?? sql`token_1`} IS NOT NULL`;
  const combined = hash(hash(sql`token_1`, ...following));
  return sql`
    SELECT ${keys}, place, CASE WHEN ${complete} THEN greatest(1, ${combined}) ELSE 0 END AS shingle
    FROM (
      SELECT ${keys}, generate_subscripts(hashes, 1) AS place, ${join([sql`unnest(hashes) AS token_1`, ...unnested])}
      FROM (SELECT ${keys}, list_transform(${tokens}, lambda token: ${hash(sql`token`)}) AS hashes FROM (${masked})))
    WHERE ${complete}${isMarked ? sql` OR token_2 IS NULL` : nothing}`;
}
