import { sql } from '../../engine/sql.ts';
import { asJson, descend, textValue, type Value } from './path.ts';
import { firstOf } from './texts.ts';

/**
 * The first of some attributes, from a list of `{key, value: {stringValue | intValue | ...}}` as OpenTelemetry writes it in
 * JSON, or from an object that has them as names.
 */
export function attribute(names: readonly string[], from: Value | undefined): Value | undefined {
  if (from === undefined) return undefined;
  return firstOf(names.flatMap((name) => one(name, from) ?? []));
}

function one(name: string, from: Value): Value | undefined {
  if (from.type.kind === 'struct') return descend(from, name.split('.'));
  const json = asJson(from);
  // All names of one list share these two lists, so the engine makes them once a row.
  const keys = sql`json_extract_string(${json}, '$[*].key')`;
  const values = sql`list_transform(json_extract(${json}, '$[*].value'), lambda v: list_extract(json_extract_string(v, '$.*'), 1))`;
  const inList = sql`list_extract(${values}, coalesce(list_position(${keys}, ${name}), 0))`;
  return textValue(sql`coalesce(${inList}, json_extract_string(${json}, ${`$."${name}"`}))`);
}
