import { join, type Sql, sql } from '../engine/sql.ts';
import { type TimeKind, timeKinds } from '../model/time.ts';

/** Numbers of each unit that lie in the years a log can be from never overlap, so a number's size tells its unit. */
const units: readonly { readonly kind: TimeKind; readonly below: number; readonly microseconds: (n: Sql) => Sql }[] = [
  { kind: 'epoch seconds', below: 1e11, microseconds: (n) => sql`${n} * 1e6` },
  { kind: 'epoch milliseconds', below: 1e14, microseconds: (n) => sql`${n} * 1e3` },
  { kind: 'epoch microseconds', below: 1e17, microseconds: (n) => n },
  { kind: '.NET ticks', below: 8e17, microseconds: (n) => sql`(${n} - 621355968e9) / 10` },
  { kind: 'epoch nanoseconds', below: Number.MAX_VALUE, microseconds: (n) => sql`${n} / 1e3` },
];

/**
 * An instant from a column of any type, as TIMESTAMP in UTC, or NULL where it does not parse. Texts may be ISO 8601 with or
 * without offset, dates, or numbers; numbers are seconds, milliseconds, microseconds or nanoseconds since 1970, or 100 ns
 * since the year 1, told apart by their size. Without an offset, a time is one of `zone`.
 */
export function toInstant(value: Sql, type: string, zone: string): Sql {
  if (type === 'TIMESTAMP WITH TIME ZONE') return inUtc(value);
  if (isLocal(type)) return fromLocal(sql`${value}::TIMESTAMP`, zone);
  if (isNumber(type)) return fromNumber(sql`${value}::DOUBLE`);
  const text = sql`${value}::VARCHAR`;
  return sql`coalesce(${fromText(text, zone)}, ${fromNumber(sql`try_cast(${text} AS DOUBLE)`)})`;
}

/** The position in `timeKinds` of how an instant that parses is written, from its column and type. */
export function timeKind(value: Sql, type: string): Sql {
  if (type === 'TIMESTAMP WITH TIME ZONE') return position('times with an offset');
  if (type === 'DATE') return position('dates');
  if (isLocal(type)) return position('times without an offset');
  if (isNumber(type)) return kindOfNumber(sql`${value}::DOUBLE`);
  const text = sql`${value}::VARCHAR`;
  const number = sql`try_cast(${text} AS DOUBLE)`;
  // The commonest ending comes first, since the pattern costs more than all the rest.
  return sql`CASE WHEN ends_with(${text}, 'Z') THEN ${position('times with an offset')}
    WHEN contains(${text}, ':') THEN
      CASE WHEN ${hasOffset(text)} THEN ${position('times with an offset')} ELSE ${position('times without an offset')} END
    WHEN ${number} IS NULL THEN ${position('dates')}
    ELSE ${kindOfNumber(number)} END`;
}

function position(kind: TimeKind): Sql {
  return sql`${timeKinds.indexOf(kind)}`;
}

function isLocal(type: string): boolean {
  return type.startsWith('TIMESTAMP') || type === 'DATE';
}

function isNumber(type: string): boolean {
  return /INT$|^DOUBLE$|^FLOAT$|^DECIMAL/.test(type);
}

/** A cast to TIMESTAMP would drop an offset; a cast to TIMESTAMPTZ honours it and reads the rest in the session's UTC. */
function fromText(text: Sql, zone: string): Sql {
  const aware = inUtc(sql`try_cast(${text} AS TIMESTAMPTZ)`);
  if (zone === 'UTC') return aware;
  return sql`CASE WHEN ${hasOffset(text)} THEN ${aware} ELSE ${fromLocal(sql`try_cast(${text} AS TIMESTAMP)`, zone)} END`;
}

/** A letter at the end is Z, UTC or the name of a zone: a cast to TIMESTAMP would drop these too. */
function hasOffset(text: Sql): Sql {
  return sql`regexp_matches(${text}, '([A-Za-z]|[0-9:][+-][0-9]{2}(:?[0-9]{2})?| [+-][0-9]{2}:?[0-9]{2})\\s*$')
    AND strlen(trim(${text})) > 10`;
}

function fromLocal(local: Sql, zone: string): Sql {
  return zone === 'UTC' ? local : inUtc(sql`timezone(${zone}, ${local})`);
}

function inUtc(aware: Sql): Sql {
  return sql`make_timestamp(epoch_us(${aware}))`;
}

function fromNumber(number: Sql): Sql {
  const microseconds = bySize(number, (unit) => unit.microseconds(number));
  return sql`make_timestamp(try_cast(round(${microseconds}) AS BIGINT))`;
}

function kindOfNumber(number: Sql): Sql {
  return bySize(number, ({ kind }) => position(kind));
}

function bySize(number: Sql, choose: (unit: (typeof units)[number]) => Sql): Sql {
  const cases = units.map((unit) => sql`WHEN abs(${number}) < ${unit.below}::DOUBLE THEN ${choose(unit)}`);
  return sql`CASE ${join(cases, ' ')} END`;
}
