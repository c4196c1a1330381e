import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/**
 * Whether a call carries a template of its cluster's own. `key` names the column that says which cluster; the relation `own`
 * (key, text) has each cluster's values.
 */
export function carriesOwn(key: Sql, columns: readonly CanonicalColumn[]): Sql {
  const carried = columns.map(
    (column) =>
      sql`coalesce((${key}, ${`${column}:`} || ${identifier(column)}) IN (SELECT (${key}, text) FROM own), false)`,
  );
  return carried.length === 0 ? sql`false` : join(carried, ' OR ');
}
