import { Table } from 'apache-arrow';
import { textVector } from '../engine/arrow-text.ts';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { InputError, KnownError } from '../util/errors.ts';
import type { InputFile } from './find.ts';
import type { FileGroup } from './layouts.ts';
import { type CsvRecord, csvRecords } from './records.ts';
import { unpacker } from './unpack.ts';

/**
 * Columns beside those of the export: the real path, where the row stands (see `CsvRecord`) and why it was rejected. No
 * column of an export has such a name.
 */
export const place = {
  path: '\u0001path',
  line: '\u0001line',
  record: '\u0001record',
  reject: '\u0001reject',
} as const;

/** Makes an empty table for `loadRows`: the source columns that the group reads, as text, and those of `place`. */
export async function createRowTable({ engine }: RunContext, table: string, group: FileGroup): Promise<void> {
  const columns = [...group.sources, ...Object.values(place)].map((column) => sql`${identifier(column)} VARCHAR`);
  await engine.execute(sql`CREATE OR REPLACE TEMP TABLE ${identifier(table)} (${join(columns)})`);
}

/**
 * Reads CSV files with a parser that forgives broken quoting, mixed line ends and short rows, whose missing cells are NULL.
 * Rows with too many cells are kept with the reason in `place.reject`.
 */
export async function loadRows(
  context: RunContext,
  table: string,
  group: FileGroup,
  files: readonly InputFile[],
): Promise<void> {
  for (const file of files) {
    try {
      await context.engine.append(table, batches(context, group, file));
    } catch (cause) {
      if (cause instanceof KnownError || (cause instanceof Error && cause.name === 'InterruptedError')) throw cause;
      throw new InputError(`${file.path}: cannot be read to the end`, 'check that the file is whole', cause);
    }
  }
}

/** Records of a row table that are rejected, like `rejectedRecords`. */
export function rowRejects(table: string): Sql {
  const reject = identifier(place.reject);
  return sql`
    SELECT ${identifier(place.path)} AS path, ${identifier(place.record)}::BIGINT AS record, ${reject} AS reason
    FROM ${identifier(table)} WHERE ${reject} IS NOT NULL`;
}

async function* batches(context: RunContext, group: FileGroup, file: InputFile): AsyncIterable<Table> {
  const columns = [...group.types.keys()];
  const positions = group.sources.map((source) => columns.indexOf(source));
  const open = await unpacker(context, file);
  for await (const records of csvRecords(open, group.delimiter)) {
    const cells = positions.map((position) => records.map((record) => presentCell(record.cells[position])));
    const places = [
      records.map(() => file.realPath),
      records.map((record) => String(record.line)),
      records.map((record) => String(record.record)),
      records.map((record) => record.reject ?? surplus(record, columns.length)),
    ];
    yield new Table(
      Object.fromEntries([...cells, ...places].map((column, index) => [`c${index}`, textVector(column)])),
    );
  }
}

function presentCell(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell;
}

/** Separators at the end of a row add cells that say nothing, which the engine's reader forgives too. */
function surplus({ cells }: CsvRecord, columnCount: number): string | null {
  if (cells.length <= columnCount) return null;
  return cells.slice(columnCount).every((cell) => cell === '') ? null : 'too many columns';
}
