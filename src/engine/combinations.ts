import type { CanonicalColumn } from '../model/column.ts';
import { identifier, join, type Sql, sql } from './sql.ts';

/**
 * Makes a table of the values that each account has together, with `queries`, so that no later stage needs a scan of the
 * calls for it. `columns` tells which of the wanted columns the relation has.
 */
export function combinations(
  table: string,
  relation: string,
  wanted: readonly CanonicalColumn[],
  columns: { has(name: CanonicalColumn): boolean },
): Sql {
  const names = join([sql`account_id`, ...wanted.filter((name) => columns.has(name)).map(identifier)]);
  return sql`
    CREATE TABLE ${identifier(table)} AS
    SELECT ${names}, count(*)::DOUBLE AS queries FROM ${identifier(relation)} GROUP BY ${names}`;
}
