import { join, type Sql, sql } from '../engine/sql.ts';

/**
 * Random numbers in SQL: the same parts give the same number, whatever the order of rows or the number of threads. Hashed
 * twice: the engine combines columns by an exclusive or at the end, so that two single hashes that differ in their last part
 * differ by a constant, and everything an account or a call draws would hang on one number.
 */
export function uniform(...parts: readonly Sql[]): Sql {
  return sql`((hash(hash(${join(parts)})) >> 40) / 16777216.0)`;
}

/** 0..1, one of a call's own, by name. */
export function chance(name: string): Sql {
  return uniform(sql`h`, sql`${name}`);
}

/** 0..1, one of a call's own, by a running number. */
export function random(number: number): Sql {
  return uniform(sql`h`, sql`${number}::INTEGER`);
}

/** Nearly standard normal: the sum of the four 16-bit quarters of one hash. */
export function normal(...parts: readonly Sql[]): Sql {
  const h = sql`hash(hash(${join(parts)}))`;
  return sql`((((${h}) & 65535) + ((${h} >> 16) & 65535) + ((${h} >> 32) & 65535) + (${h} >> 48)) / 65536.0 - 2) * 1.7320508`;
}

/** Exponential with mean 1. */
export function exponential(...parts: readonly Sql[]): Sql {
  return sql`(-ln(1 - ${uniform(...parts)}))`;
}

/** An IPv4 address from a 64-bit number. */
export function address(h: Sql): Sql {
  return sql`(1 + ${h} % 223) || '.' || (${h} >> 8) % 256 || '.' || (${h} >> 16) % 256 || '.' || (1 + (${h} >> 24) % 254)`;
}

/** Sixteen hexadecimal digits from a 64-bit number. */
export function hexadecimal(h: Sql): Sql {
  return sql`lpad(to_hex(${h}), 16, '0')`;
}

/** One of some texts by a number 0..1. */
export function pick(choice: Sql, texts: readonly string[]): Sql {
  return sql`[${join(texts.map((text) => sql`${text}`))}][1 + (${choice} * ${texts.length})::INTEGER % ${texts.length}]`;
}

/** Number of bursts, 0..3, that a schedule has on a day (an INTEGER). */
export function bursts(key: Sql, day: Sql): Sql {
  return sql`(hash(${key}, ${day}) % 4)`;
}
