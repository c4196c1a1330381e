import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { type CanonicalColumn, identityColumns } from '../model/column.ts';
import type { DetectorContext } from './detector.ts';

/**
 * The values of some columns by account, with the number of calls that carry them. A value is its column's name, a colon
 * and the text, so that one text in two columns is two values.
 */
export function sharedColumns({ calls, features }: DetectorContext, columns: readonly CanonicalColumn[]): Sql {
  const present = columns.filter((column) => calls.columns.has(column));
  const names = join([sql`account_id`, ...present.map(identifier)]);
  const grouped = present.every((column) => identityColumns.includes(column))
    ? sql`SELECT * FROM ${identifier(calls.identities)}`
    : sql`SELECT ${names}, count(*)::DOUBLE AS queries FROM ${identifier(calls.relation)} GROUP BY ${names}`;
  const selects = present.map(
    (column) => sql`
    SELECT account, ${`${column}:`} || ${calls.present(identifier(column))} AS value, sum(grouped.queries) AS queries
    FROM grouped JOIN ${identifier(features.relation)} USING (account_id) WHERE value IS NOT NULL GROUP BY ALL`,
  );
  return sql`WITH grouped AS MATERIALIZED (${grouped}) ${join(selects, ' UNION ALL ')}`;
}
