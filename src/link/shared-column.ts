import { identifier, join, nothing, type Sql, sql } from '../engine/sql.ts';
import { type CanonicalColumn, identityColumns } from '../model/column.ts';
import type { DetectorContext } from './detector.ts';

/**
 * The values of some columns by account, with the number of calls that carry them. A value is its column's name, a colon
 * and the text, so that one text in two columns is two values.
 */
export function sharedColumns({ calls, features }: DetectorContext, columns: readonly CanonicalColumn[]): Sql {
  const present = columns.filter((column) => calls.columns.has(column));
  const ofAccounts = present.filter((column) => identityColumns.includes(column));
  const ofCalls = present.filter((column) => !identityColumns.includes(column));
  const names = join([sql`account_id`, ...ofCalls.map(identifier)]);
  const grouped = sql`
    SELECT ${names}, count(*)::DOUBLE AS queries FROM ${identifier(calls.relation)} GROUP BY ${names}`;
  const valuesOf = (source: Sql) => (column: CanonicalColumn) =>
    sql`
    SELECT account, ${`${column}:`} || ${calls.present(identifier(column))} AS value, sum(known.queries) AS queries
    FROM ${source} known JOIN ${identifier(features.relation)} USING (account_id) WHERE value IS NOT NULL GROUP BY ALL`;
  const selects = [
    ...ofAccounts.map(valuesOf(identifier(calls.identities))),
    ...ofCalls.map(valuesOf(identifier('grouped'))),
  ];
  const together = ofCalls.length === 0 ? nothing : sql`WITH grouped AS MATERIALIZED (${grouped}) `;
  return sql`${together}${join(selects, ' UNION ALL ')}`;
}
