import type { RunContext } from '../engine/context.ts';
import { parquetSource, rejectedRecords } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { FileGroup } from './layouts.ts';
import { createRowTable, loadRows } from './row-by-row.ts';

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

function locatedParquet({ files, mapping }: FileGroup): Sql {
  const named = [...mapping].map(([canonical, source]) => sql`${identifier(source)} AS ${identifier(canonical)}`);
  return sql`
    SELECT ${join(named)}, filename AS source_path, file_row_number + 1 AS source_line, NULL::VARCHAR AS source_reject
    FROM ${parquetSource(
      files.map((file) => file.realPath),
      true,
    )}`;
}

/** The engine knows only the number of a record; the row by row reader knows the line of each number. */
function locatedCsv(table: string, { files, mapping }: FileGroup, rowByRow: ReadonlySet<string>): Sql[] {
  const columns = join([...mapping.keys()].map((name) => sql`r.${identifier(name)}`));
  const paths = (isRowByRow: boolean) =>
    join(files.filter((file) => rowByRow.has(file.realPath) === isRowByRow).map((file) => sql`${file.realPath}`));
  const rowsRead = paths(true);
  const engineRead = paths(false);
  const selects: Sql[] = [];
  if (rowsRead.text !== '')
    selects.push(sql`
      SELECT ${columns}, source_path, source_line::BIGINT AS source_line, source_reject
      FROM ${identifier(table)} r WHERE source_path IN (${rowsRead})`);
  if (engineRead.text !== '')
    selects.push(
      sql`
      SELECT ${columns}, source_path, source_line::BIGINT AS source_line, d.reason AS source_reject
      FROM ${identifier(table)} r LEFT JOIN (${rejectedRecords}) d ON d.path = source_path AND d.record = source_record::BIGINT
      WHERE source_path IN (${engineRead})`,
      sql`
      SELECT path AS source_path, record AS source_line, reason AS source_reject
      FROM (${rejectedRecords}) WHERE path IN (${engineRead})
        AND NOT EXISTS (SELECT 1 FROM ${identifier(table)} r WHERE r.source_path = path AND r.source_record::BIGINT = record)`,
    );
  return selects;
}
