import { type Sql, sql } from '../engine/sql.ts';

/** The name of a client without its versions: `python-sdk/1.40.2` and `python-sdk/1.38` are both `python-sdk/#`. */
export function clientName(userAgent: Sql): Sql {
  return sql`regexp_replace(${userAgent}, '[0-9]+([._][0-9]+)*', '#', 'g')`;
}
