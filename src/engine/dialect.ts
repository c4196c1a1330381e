import type { Sql } from './sql.ts';

/** What differs between SQL engines. Every statement over calls uses these in place of an engine's own words. */
export interface Dialect {
  /** An instant as whole milliseconds since 1970 UTC. */
  epochMilliseconds(instant: Sql): Sql;
  /** An instant as whole seconds since 1970 UTC. */
  epochSeconds(instant: Sql): Sql;
  /** A well-mixed unsigned 64-bit number from any values; the same within one engine version. */
  hash(...values: readonly Sql[]): Sql;
  /** 16 hexadecimal digits of the MD5 of a text; the same everywhere. */
  digest(text: Sql): Sql;
  /** Number of one-bits in the union of `1 << position`, position 0..62. */
  distinctSmallIntegers(position: Sql): Sql;
}
