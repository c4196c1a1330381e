import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { type Table, tableFromArrays } from 'apache-arrow';
import { type Info, parse } from 'csv-parse';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { InputError, messageOf } from '../util/errors.ts';
import type { InputFile } from './find.ts';
import { type CsvLayout, readLayout } from './header.ts';
import type { InputPart } from './read.ts';

const rowsPerBatch = 8192;

/** Columns that stand beside the file's own in a table of tolerantly read rows. */
const placeColumns = ['source_path', 'source_line', 'source_reject'];

/**
 * Reads CSV files row by row with a parser that forgives broken quoting and short rows, into tables `NAME_0`, `NAME_1`, ...,
 * one a file, with the path and line of every row. Rows with too many columns are kept aside as rejected.
 */
export async function loadTolerantly(
  context: RunContext,
  files: readonly InputFile[],
  name: string,
): Promise<InputPart[]> {
  const { engine } = context;
  const parts: InputPart[] = [];
  await engine.execute(
    sql`CREATE OR REPLACE TABLE ${identifier(`${name}_rejects`)} (path VARCHAR, line DOUBLE, reason VARCHAR)`,
  );
  for (const [position, file] of files.entries()) {
    const layout = await readLayout(context, file);
    const table = `${name}_${position}`;
    const columns = [...layout.columns, ...placeColumns].map((column) => sql`${identifier(column)} VARCHAR`);
    await engine.execute(sql`CREATE OR REPLACE TABLE ${identifier(table)} (${join(columns)})`);
    await engine.append(table, batches(file, layout));
    await engine.execute(sql`
      INSERT INTO ${identifier(`${name}_rejects`)}
      SELECT source_path, source_line::DOUBLE, source_reject FROM ${identifier(table)} WHERE source_reject IS NOT NULL`);
    await engine.execute(sql`DELETE FROM ${identifier(table)} WHERE source_reject IS NOT NULL`);
    parts.push({
      files: [file],
      source: identifier(table),
      types: new Map([...layout.columns].map((column) => [column, 'VARCHAR'])),
    });
  }
  return parts;
}

/** Rows that `loadTolerantly` kept aside under this name. */
export function tolerantRejects(name: string): Sql {
  return sql`SELECT path, line, reason FROM ${identifier(`${name}_rejects`)}`;
}

async function* batches(file: InputFile, layout: CsvLayout): AsyncIterable<Table> {
  let rows: (string | null)[][] = [];
  for await (const { record, info } of records(file, layout.delimiter)) {
    const tooMany = record.length > layout.columns.length;
    const cells = layout.columns.map((_, column) => record[column] ?? null);
    rows.push([...cells, file.realPath, String(info.lines), tooMany ? 'too many columns' : null]);
    if (rows.length === rowsPerBatch) {
      yield toTable(rows, layout.columns.length + placeColumns.length);
      rows = [];
    }
  }
  if (rows.length > 0) yield toTable(rows, layout.columns.length + placeColumns.length);
}

async function* records(file: InputFile, delimiter: string): AsyncIterable<{ record: string[]; info: Info }> {
  if (file.compression === 'zstd') {
    throw new InputError(`${file.path}: row by row reading cannot unpack zstd`, 'unpack the file first (zstd -d)');
  }
  const parser = parse({
    bom: true,
    delimiter,
    from: 2,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const bytes = createReadStream(file.realPath);
  const text = file.compression === 'gzip' ? bytes.pipe(createGunzip()) : bytes;
  for (const stream of new Set([bytes, text])) stream.on('error', (error: Error) => parser.destroy(error));
  try {
    yield* text.pipe(parser);
  } catch (cause) {
    throw new InputError(
      `${file.path}: cannot be read to the end (${messageOf(cause)})`,
      'check that the file is whole',
      cause,
    );
  }
}

function toTable(rows: readonly (string | null)[][], columnCount: number): Table {
  return tableFromArrays(
    Object.fromEntries(
      Array.from({ length: columnCount }, (_, column) => [`c${column}`, rows.map((row) => row[column] ?? null)]),
    ),
  );
}
