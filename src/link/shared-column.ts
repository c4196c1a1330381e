import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { type CanonicalColumn, connectionColumns, identityColumns, templateColumns } from '../model/column.ts';
import type { DetectorContext } from './detector.ts';

/**
 * The values of some columns by account, with the number of calls that carry them. A value is its column's name, a colon
 * and the text, so that one text in two columns is two values.
 */
export function sharedColumns({ calls, features }: DetectorContext, columns: readonly CanonicalColumn[]): Sql {
  const present = columns.filter((column) => calls.columns.has(column));
  const prepared = [
    { relation: calls.identities, of: identityColumns },
    { relation: calls.connections, of: connectionColumns },
    { relation: calls.templates, of: templateColumns },
  ];
  const selects = present.map((column) => {
    const source = prepared.find(({ of }) => of.includes(column))?.relation;
    const known =
      source === undefined
        ? sql`(SELECT account_id, ${identifier(column)}, count(*)::DOUBLE AS queries FROM ${identifier(calls.relation)} GROUP BY ALL)`
        : identifier(source);
    return sql`
      SELECT account, ${`${column}:`} || ${calls.present(identifier(column))} AS value, sum(known.queries) AS queries
      FROM ${known} known JOIN ${identifier(features.relation)} USING (account_id) WHERE value IS NOT NULL GROUP BY ALL`;
  });
  return join(selects, ' UNION ALL ');
}
