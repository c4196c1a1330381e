import type { RunContext } from '../engine/context.ts';
import { parquetSource, rejectedRecords } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { FileGroup } from './layouts.ts';
import { createRowTable, loadRows, place } from './row-by-row.ts';

/**
 * Makes a view like `raw_calls` of all rows, also those that could not be split, with `source_path`, `source_line` and
 * `source_reject` (the reason, or NULL). CSV files are read again, row by row, since only that counts lines.
 */
export async function createLocated(
  context: RunContext,
  groups: readonly FileGroup[],
  rowByRow: ReadonlySet<string>,
): Promise<string> {
  const selects: Sql[] = [];
  for (const [position, group] of groups.entries()) {
    if (group.kind === 'parquet') selects.push(locatedParquet(group));
    else {
      const table = `located_rows_${position}`;
      await createRowTable(context, table, group);
      await loadRows(context, table, group, group.files);
      selects.push(...locatedCsv(table, group, rowByRow));
    }
  }
  await context.engine.execute(
    sql`CREATE OR REPLACE TEMP VIEW located_calls AS ${join(selects, ' UNION ALL BY NAME ')}`,
  );
  return 'located_calls';
}

function locatedParquet(group: FileGroup): Sql {
  return sql`
    SELECT ${join(values(group))}, filename AS source_path, file_row_number + 1 AS source_line,
      NULL::VARCHAR AS source_reject
    FROM ${parquetSource(
      group.files.map((file) => file.realPath),
      true,
    )}`;
}

function values({ mapping }: FileGroup): Sql[] {
  return [...mapping].map(([canonical, { value }]) => sql`${value} AS ${identifier(canonical)}`);
}

/** The engine knows only the number of a record; the row by row reader knows the line of each number. */
function locatedCsv(table: string, group: FileGroup, rowByRow: ReadonlySet<string>): Sql[] {
  const { files } = group;
  const source = sql`(SELECT ${join(values(group))}, ${identifier(place.path)} AS source_path,
    ${identifier(place.line)}::BIGINT AS source_line, ${identifier(place.record)}::BIGINT AS source_record,
    ${identifier(place.reject)} AS row_reject FROM ${identifier(table)})`;
  const columns = join([...group.mapping.keys()].map(identifier));
  const paths = (isRowByRow: boolean) =>
    join(files.filter((file) => rowByRow.has(file.realPath) === isRowByRow).map((file) => sql`${file.realPath}`));
  const rowsRead = paths(true);
  const engineRead = paths(false);
  const selects: Sql[] = [];
  if (rowsRead.text !== '')
    selects.push(sql`
      SELECT ${columns}, source_path, source_line, row_reject AS source_reject
      FROM ${source} WHERE source_path IN (${rowsRead})`);
  if (engineRead.text !== '')
    selects.push(
      sql`
      SELECT ${columns}, source_path, source_line, d.reason AS source_reject
      FROM ${source} LEFT JOIN (${rejectedRecords}) d ON d.path = source_path AND d.record = source_record
      WHERE source_path IN (${engineRead})`,
      sql`
      SELECT path AS source_path, record AS source_line, reason AS source_reject
      FROM (${rejectedRecords}) WHERE path IN (${engineRead})
        AND NOT EXISTS (SELECT 1 FROM ${source} WHERE source_path = path AND source_record = record)`,
    );
  return selects;
}
