import { extname, join as joinPath } from 'node:path';
import { DataType, type Table, tableFromArrays } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Reject } from '../model/calls.ts';
import { roundRows, rowsArrow, rowsCsv } from '../report/rows.ts';
import { UsageError } from '../util/errors.ts';
import { csvCell } from '../util/escape.ts';
import type { Output } from './output.ts';

type RowsWriter = (rows: Table, output: Output, engine: Engine) => Promise<void>;

const rowsWriters: ReadonlyMap<string, RowsWriter> = new Map([
  ['.csv', writeCsv],
  ['.parquet', writeParquet],
  ['.arrow', (rows, output) => output.write(rowsArrow(rows))],
]);

/** How to write rows of `what` into a file of this name. Throws `UsageError` where its extension names no format. */
export function rowsWriter(path: string, what: string): RowsWriter {
  const writer = rowsWriters.get(extname(path).toLowerCase());
  if (writer !== undefined) return (rows, output, engine) => writer(roundRows(rows), output, engine);
  throw new UsageError(`${path}: ${what} have no such format`, `use one of ${[...rowsWriters.keys()].join(', ')}`);
}

async function writeCsv(rows: Table, output: Output): Promise<void> {
  for (const chunk of rowsCsv(rows)) await output.write(chunk);
}

/** Not the engine's own row numbers: those need not follow the order in which rows were appended. */
const rowColumn = 'row_in_table';

/** The engine may write to its work directory only; the file moves from there. */
async function writeParquet(table: Table, output: Output, engine: Engine): Promise<void> {
  const rows = Int32Array.from({ length: table.numRows }, (_, row) => row);
  const numbered = table.assign(tableFromArrays({ [rowColumn]: rows }));
  const columns = numbered.schema.fields.map(({ name, type }) => sql`${identifier(name)} ${columnType(type)}`);
  await engine.execute(sql`CREATE OR REPLACE TABLE rows_to_write (${join(columns)})`);
  async function* once() {
    yield numbered;
  }
  await engine.append('rows_to_write', once());
  const path = joinPath(engine.workDirectory, 'rows.parquet');
  const row = identifier(rowColumn);
  await engine.execute(
    sql`COPY (SELECT * EXCLUDE (${row}) FROM rows_to_write ORDER BY ${row}) TO ${path} (FORMAT parquet)`,
  );
  await output.take(path);
}

function columnType(type: DataType): Sql {
  if (DataType.isUtf8(type) || DataType.isDictionary(type)) return sql`VARCHAR`;
  if (DataType.isBool(type)) return sql`BOOLEAN`;
  return DataType.isInt(type) ? sql`INTEGER` : sql`DOUBLE`;
}

const rejectsPerWrite = 4096;

/** Writes rejected rows as CSV. */
export async function writeRejects(rejects: AsyncIterable<Reject>, output: Output): Promise<void> {
  let lines = ['file,line,reason\n'];
  for await (const { path, line, reason } of rejects) {
    lines.push(`${csvCell(path)},${line},${csvCell(reason)}\n`);
    if (lines.length < rejectsPerWrite) continue;
    await output.write(lines.join(''));
    lines = [];
  }
  await output.write(lines.join(''));
}
