import type { Dialect } from '../dialect.ts';
import { join, type Sql, sql } from '../sql.ts';

const raw = (text: string): Sql => ({ kind: 'sql', text });

export const duckdbDialect: Dialect = {
  epochMilliseconds: (instant) => sql`epoch_ms(${instant})`,
  epochSeconds: (instant) => sql`epoch_us(${instant}) // 1000000`,
  hash: (...values) => sql`hash(${join(values)})`,
  safeCast: (value, type) => sql`try_cast(${value} AS ${raw(type)})`,
  distinctCount: (value) => sql`count(DISTINCT ${value})`,
  distinctSmallIntegers: (position) => sql`bit_count(bit_or(1::BIGINT << (${position})::INTEGER))`,
  listOrdered: (value, order) => sql`list(${value} ORDER BY ${order})`,
};
