import type { Dialect } from '../dialect.ts';
import { join, sql } from '../sql.ts';

export const duckdbDialect: Dialect = {
  epochMilliseconds: (instant) => sql`epoch_ms(${instant})`,
  epochSeconds: (instant) => sql`epoch_us(${instant}) // 1000000`,
  hash: (...values) => sql`hash(${join(values)})`,
  digest: (text) => sql`left(md5(${text}), 16)`,
  distinctSmallIntegers: (position) => sql`bit_count(bit_or(1::BIGINT << (${position})::INTEGER))`,
};
