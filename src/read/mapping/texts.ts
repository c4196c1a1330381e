import { presentText } from '../../engine/present.ts';
import { join, type Sql, sql } from '../../engine/sql.ts';
import type { parts } from './expression.ts';
import { asText, textValue, type Value } from './path.ts';

/** The first value that says something: words for nothing are passed over, except in the last. */
export function firstOf(values: readonly Value[]): Value | undefined {
  const [only, ...others] = values;
  if (only === undefined || others.length === 0) return only;
  const last = values.length - 1;
  const texts = values.map((value, position) => (position === last ? asText(value) : presentText(asText(value))));
  return textValue(sql`coalesce(${join(texts)})`);
}

/** Values one after another; NULL where one of them is. */
export function joined(values: readonly Value[], separator: string): Value {
  return textValue(join(values.map(asText), sql` || ${separator} || `.text));
}

/** What `parts` says of a kind of part; a text without such a part is whole, except that what is no mail address has no domain. */
export function partOf(kind: keyof typeof parts, from: Value): Value {
  const text = asText(from);
  const found: Record<keyof typeof parts, Sql> = {
    'last-segment': sql`regexp_extract(${text}, '[^/]*$')`,
    'mail-domain': sql`nullif(lower(regexp_extract(${text}, '@([^@\\s]+)$', 1)), '')`,
    'first-listed': sql`trim(split_part(${text}, ',', 1))`,
    'url-path': sql`regexp_extract(${text}, '^(?:[A-Z]+ )?(?:[a-z]+://[^/?#]*)?([^?# ]*)', 1)`,
    host: sql`regexp_extract(${text}, '^\\[?([0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*|[^:\\]]+)', 1)`,
    project: sql`nullif(regexp_extract(${text}, 'projects/([^/]+)', 1), '')`,
  };
  return textValue(found[kind]);
}

/** A time in one of the given notations; any other is left as it is, to be read as times usually are. */
export function withFormats(from: Value, formats: readonly string[]): Value {
  const text = asText(from);
  const tries = formats.map((format) => sql`try_strptime(${text}, ${format})::VARCHAR`);
  return textValue(sql`coalesce(${join([...tries, text])})`);
}

/** What a table has for a value, whatever its case; a value that it does not list becomes `otherwise`. */
export function translated(
  from: Value,
  to: Readonly<Record<string, string | number>>,
  otherwise: Value | undefined,
): Value {
  const cases = Object.entries(to).map(([given, value]) => sql`WHEN ${given.toLowerCase()} THEN ${String(value)}`);
  const rest = otherwise === undefined ? sql`NULL` : asText(otherwise);
  return textValue(sql`CASE lower(${asText(from)}) ${join(cases, ' ')} ELSE ${rest} END`);
}
