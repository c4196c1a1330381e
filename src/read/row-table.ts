import { Table } from 'apache-arrow';
import { textVector } from '../engine/arrow-text.ts';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import { InputError } from '../util/errors.ts';
import { isOurs } from './blame.ts';
import { type InputFile, type Layout, place, type RowBatch, type RowReader } from './container.ts';

const tablePlaces = [place.file, place.path, place.line, place.record, place.reject];

/** Names of the columns that stand in the paths of a layout's files. */
function partitionNames({ files }: Layout): readonly string[] {
  return [...(files[0]?.partitions.keys() ?? [])];
}

/** Makes an empty table for `loadRows`, all of text. */
export async function createRowTable(
  { engine }: RunContext,
  table: string,
  layout: Layout,
  reader: RowReader,
  uses: readonly string[],
): Promise<void> {
  const names = [...reader.tableColumns(uses), ...partitionNames(layout), ...tablePlaces];
  const columns = names.map((name) => sql`${identifier(name)} VARCHAR`);
  await engine.execute(sql`CREATE OR REPLACE TEMP TABLE ${identifier(table)} (${join(columns)})`);
}

/** Reads files into their table. Throws `InputError` where one cannot be read to its end. */
export async function loadRows(
  context: RunContext,
  table: string,
  reader: RowReader,
  files: readonly InputFile[],
  uses: readonly string[],
): Promise<void> {
  for (const file of files) {
    try {
      await context.engine.append(table, batches(context, reader, file, uses));
    } catch (cause) {
      if (isOurs(cause)) throw cause;
      throw new InputError(`${file.path}: cannot be read to the end`, 'check that the file is whole', cause);
    }
  }
}

async function* batches(
  context: RunContext,
  reader: RowReader,
  file: InputFile,
  uses: readonly string[],
): AsyncIterable<Table> {
  for await (const batch of reader.rows(context, file, uses)) {
    if (batch.places.length > 0) yield tableOf(batch, file);
  }
}

function tableOf({ columns: own, places }: RowBatch, file: InputFile): Table {
  const columns = [
    ...own,
    ...[...file.partitions.values()].map((value) => places.map(() => value)),
    places.map(() => String(file.number)),
    places.map(() => file.realPath),
    places.map(({ line }) => String(line)),
    places.map(({ record }) => String(record)),
    places.map(({ reject }) => reject),
  ];
  return new Table(Object.fromEntries(columns.map((column, index) => [`c${index}`, textVector(column)])));
}
