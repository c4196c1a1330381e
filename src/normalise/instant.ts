import { type Sql, sql } from '../engine/sql.ts';

/**
 * An instant from a column of any type, as TIMESTAMP in UTC, or NULL where it does not parse. Texts may be ISO 8601 with or
 * without offset, dates, or numbers; numbers are seconds, milliseconds, microseconds or nanoseconds since 1970, or 100 ns
 * since the year 1, told apart by their size. Without an offset, a time is one of `zone`.
 */
export function toInstant(value: Sql, type: string, zone: string): Sql {
  if (type === 'TIMESTAMP WITH TIME ZONE') return inUtc(value);
  if (type.startsWith('TIMESTAMP') || type === 'DATE') return fromLocal(sql`${value}::TIMESTAMP`, zone);
  if (/INT$|^DOUBLE$|^FLOAT$|^DECIMAL/.test(type)) return fromNumber(sql`${value}::DOUBLE`);
  const text = sql`${value}::VARCHAR`;
  return sql`coalesce(${fromText(text, zone)}, ${fromNumber(sql`try_cast(${text} AS DOUBLE)`)})`;
}

/** A cast to TIMESTAMP would drop an offset; a cast to TIMESTAMPTZ honours it and reads the rest in the session's UTC. */
function fromText(text: Sql, zone: string): Sql {
  const aware = inUtc(sql`try_cast(${text} AS TIMESTAMPTZ)`);
  if (zone === 'UTC') return aware;
  // A letter at the end is Z, UTC or the name of a zone: a cast to TIMESTAMP would drop these too.
  const hasOffset = sql`regexp_matches(${text}, '([A-Za-z]|[0-9:][+-][0-9]{2}(:?[0-9]{2})?| [+-][0-9]{2}:?[0-9]{2})\\s*$')
    AND strlen(trim(${text})) > 10`;
  return sql`CASE WHEN ${hasOffset} THEN ${aware} ELSE ${fromLocal(sql`try_cast(${text} AS TIMESTAMP)`, zone)} END`;
}

function fromLocal(local: Sql, zone: string): Sql {
  return zone === 'UTC' ? local : inUtc(sql`timezone(${zone}, ${local})`);
}

function inUtc(aware: Sql): Sql {
  return sql`make_timestamp(epoch_us(${aware}))`;
}

function fromNumber(number: Sql): Sql {
  const microseconds = sql`CASE
    WHEN abs(${number}) < 1e11 THEN ${number} * 1e6
    WHEN abs(${number}) < 1e14 THEN ${number} * 1e3
    WHEN abs(${number}) < 1e17 THEN ${number}
    WHEN ${number} BETWEEN 5e17 AND 8e17 THEN (${number} - 621355968e9) / 10
    ELSE ${number} / 1e3 END`;
  return sql`make_timestamp(try_cast(round(${microseconds}) AS BIGINT))`;
}
