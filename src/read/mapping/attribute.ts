import { identifier, join, sql } from '../../engine/sql.ts';
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

const kinds = ['stringValue', 'intValue', 'doubleValue', 'boolValue', 'arrayValue', 'kvlistValue'];

/** As one type, so that the engine takes a list apart once, however many names are asked for. */
const shape = JSON.stringify([{ key: 'VARCHAR', value: Object.fromEntries(kinds.map((kind) => [kind, 'VARCHAR'])) }]);

function one(name: string, from: Value): Value | undefined {
  if (from.type.kind === 'struct') return descend(from, name.split('.'));
  const json = asJson(from);
  const list = sql`from_json(${json}, ${shape})`;
  const keys = sql`list_transform(${list}, lambda a: a.key)`;
  const held = join(kinds.map((kind) => sql`a.value.${identifier(kind)}`));
  const values = sql`list_transform(${list}, lambda a: coalesce(${held}))`;
  const inList = sql`list_extract(${values}, coalesce(list_position(${keys}, ${name}), 0))`;
  return textValue(sql`coalesce(${inList}, json_extract_string(${json}, ${`$."${name}"`}))`);
}
