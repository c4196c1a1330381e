import { type Sql, sql } from '../../engine/sql.ts';
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
  const { type, value } = from;
  if (type.kind === 'list' && type.item.kind === 'struct') {
    const item: Sql = sql`list_extract(list_filter(${value}, lambda a: a.key = ${name}), 1)`;
    return descend({ value: item, type: type.item, isCertain: false }, ['value', '*']);
  }
  if (type.kind === 'struct') return descend(from, name.split('.'));
  const json = asJson(from);
  const item = sql`list_extract(list_filter(json_extract(${json}, '$[*]'), lambda a: a->>'$.key' = ${name}), 1)`;
  return textValue(
    sql`coalesce(list_extract(json_extract_string(${item}, '$.value.*'), 1), ${json}->>${`$."${name}"`})`,
  );
}
