import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';

/**
 * The text of a value as people are shown it: the id of a mined template, which says nothing to anybody, gives way to the
 * template's masked text, after the same words. Any other value stays what it is.
 */
export function shownText({ templateTexts }: Calls, value: Sql): Sql {
  if (templateTexts === undefined) return value;
  const words = sql`regexp_extract(${value}, '^(.*(?:template_hash|system_prompt_hash):)[0-9a-f]{16}$', 1)`;
  const texts = sql`(SELECT template_id, text AS shown FROM ${identifier(templateTexts)})`;
  const known = sql`SELECT ${words} || min(shown) FROM ${texts} WHERE template_id = right(${value}, 16) AND ${words} <> ''`;
  return sql`coalesce((${known}), ${value})`;
}
