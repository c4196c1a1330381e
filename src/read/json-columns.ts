import { jsonObject } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { InputError } from '../util/errors.ts';
import type { InputFile } from './container.ts';
import type { JsonObject } from './json-head.ts';

const mostKeys = 10_000;

/** What a row without any of the wanted values is called. */
export const notAnObject = 'no JSON object with these columns';

/** Name of the text in row tables of JSON. */
export const jsonCell = '\u0001json';

/**
 * The keys of some objects as columns of text, in the order in which they come. Of names alike but for case the first counts;
 * the engine takes none that is empty or holds a NUL.
 */
export function columnsOf(file: InputFile, objects: readonly JsonObject[]): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  const seen = new Set<string>();
  for (const key of objects.flatMap((object) => Object.keys(object))) {
    if (seen.has(key.toLowerCase()) || key === '' || key.includes('\0')) continue;
    seen.add(key.toLowerCase());
    columns.set(key, 'VARCHAR');
  }
  if (columns.size <= mostKeys) return columns;
  const text = `${file.path}: its objects have ${columns.size} keys`;
  throw new InputError(text, `${mostKeys} are the most that are read; export values as values, not as keys`);
}

/** Why a row has nothing to offer, or NULL. */
export function rejectEmpty(names: readonly string[], reason: string): Sql {
  const isEmpty = join(
    names.map((name) => sql`${identifier(name)} IS NULL`),
    ' AND ',
  );
  return names.length === 0 ? sql`NULL::VARCHAR` : sql`CASE WHEN ${isEmpty} THEN ${reason} END`;
}

/** A row table of JSON texts with the given keys as columns. */
export function unpackJson(table: Sql, keys: readonly string[]): Sql {
  const columns = keys.map((key) => sql`struct_extract(object, ${key}) AS ${identifier(key)}`);
  return sql`(SELECT ${join([...columns, sql`* EXCLUDE (object)`])}
    FROM (SELECT *, ${jsonObject(identifier(jsonCell), keys)} AS object FROM ${table}))`;
}
