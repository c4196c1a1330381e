import { join, type Sql, sql } from '../../engine/sql.ts';
import type { epochUnits } from './expression.ts';
import { asJson, asText, type Value } from './path.ts';

function numberValue(value: Sql): Value {
  return { value, type: { kind: 'scalar', name: 'DOUBLE' }, isCertain: false };
}

/** A value as DOUBLE, or NULL where it is no number. */
function asNumber(from: Value): Sql {
  const isText = from.type.kind !== 'scalar' || from.type.name === 'VARCHAR';
  return sql`try_cast(${isText ? asText(from) : from.value} AS DOUBLE)`;
}

/** The numbers that are there together; NULL without any. */
export function sumOf(values: readonly Value[]): Value | undefined {
  if (values.length === 0) return undefined;
  return numberValue(sql`list_sum([${join(values.map(asNumber))}])`);
}

/** A number in another unit. */
export function scaled(from: Value, factor: number): Value {
  return numberValue(sql`${asNumber(from)} * ${factor}`);
}

/** Milliseconds between two times, or between two numbers of seconds; a clock that was set back gives 0. */
export function elapsed([from, to]: readonly Value[]): Value | undefined {
  if (from === undefined || to === undefined) return undefined;
  const between = (value: (one: Value) => Sql) => sql`${value(to)} - ${value(from)}`;
  const times = between((one) => sql`epoch_ms(try_cast(${asText(one)} AS TIMESTAMPTZ))`);
  return numberValue(sql`greatest(0, coalesce(${times}, (${between(asNumber)}) * 1000))`);
}

const microsecondsPer = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3, ticks: 0.1 };

/** Microseconds from the year 1 to 1970. */
const ticksOrigin = 62_135_596_800e6;

/** A number of time units since an origin (1970, or the year 1 for ticks) as an instant. */
export function sinceEpoch(from: Value, unit: (typeof epochUnits)[number], origin = '1970-01-01T00:00:00Z'): Value {
  const start = Date.parse(origin) * 1000 - (unit === 'ticks' ? ticksOrigin : 0);
  const microseconds = sql`${asNumber(from)} * ${microsecondsPer[unit]} + ${start}`;
  const value = sql`make_timestamp(try_cast(round(${microseconds}) AS BIGINT))`;
  return { value, type: { kind: 'scalar', name: 'TIMESTAMP' }, isCertain: false };
}

/** Sum of the numbers whose names begin alike. */
export function sumOfKeys(from: Value, beginning: string): Value | undefined {
  const { type, value } = from;
  if (type.kind === 'struct') {
    const fields = [...type.fields].filter(([name]) => name.startsWith(beginning));
    return sumOf(
      fields.map(([name, field]) => ({ value: sql`struct_extract(${value}, ${name})`, type: field, isCertain: false })),
    );
  }
  const json = asJson(from);
  const names = sql`list_filter(json_keys(${json}), lambda k: starts_with(k, ${beginning}))`;
  const numbers = sql`lambda k: try_cast(json_extract_string(${json}, '$."' || k || '"') AS DOUBLE)`;
  return numberValue(sql`list_sum(list_transform(${names}, ${numbers}))`);
}
