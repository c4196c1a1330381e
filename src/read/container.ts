import type { RunContext } from '../engine/context.ts';
import type { Sql } from '../engine/sql.ts';
import type { InputSummary } from '../model/calls.ts';

/** One file to read. */
export interface InputFile extends InputSummary {
  /** Position among all inputs. */
  readonly number: number;
  /** Columns that stand in its path, as `day=2026-02-03/`; NULL as the path spells it. */
  readonly partitions: ReadonlyMap<string, string | null>;
}

/** One of the first rows of a file as JSON values, by column; texts as they stand, nested values as objects and lists. */
export type SampleRow = Readonly<Record<string, unknown>>;

/** Columns that rows carry beside those of the export, which has none of such a name. */
export const place = {
  /** Position of the file among all inputs. */
  file: '\u0001file',
  /** Real path. */
  path: '\u0001path',
  /** Line or row on which it begins, from 1. */
  line: '\u0001line',
  /** Its number as the engine's own reader counts. */
  record: '\u0001record',
  /** Why it cannot be used, whatever it holds, or NULL. */
  reject: '\u0001reject',
  /** Why it is not among the rows that are read, or NULL. */
  leftOut: '\u0001left out',
} as const;

/**
 * One way of writing an export: CSV, Parquet and so on. Adding one is a file in `containers/` and a line in `containers.ts`.
 */
export interface Container {
  readonly name: string;
  /** Endings of its files without the dot, for directories; what a file is, its bytes say. */
  readonly extensions: readonly string[];
  /** It cannot be read from its beginning on alone, so a compressed file of it has to be unpacked first. */
  readonly isBinary: boolean;
  /** Whether a file that begins with these unpacked bytes is one; asked in the order of the registry. */
  recognises(head: Buffer): boolean;
  /**
   * Reads what a file says of its columns, and no more of it than that takes. Undefined where there is nothing in it. Throws
   * `InputError` where it is not what it seems.
   */
  examine(context: RunContext, file: InputFile, head: Buffer): Promise<FileLayout | undefined>;
}

/** What is known of a file before its rows are read. */
export interface FileLayout {
  readonly file: InputFile;
  /** Files of one container with the same key are read as one. */
  readonly key: string;
  /** Columns may come and go from row to row: files that share most of them go together. */
  readonly columnsVary: boolean;
  /** Own columns in their order, with the type that the engine gives each; nested ones are `JSON` or the engine's own types. */
  readonly columns: ReadonlyMap<string, string>;
  /** At most `sampleRows` of the first rows, in their order. */
  readonly sample: readonly SampleRow[];
  readonly reader: Reader;
  /** Makes something that looks for rows which the engine would pass over, where there can be any. */
  watch?(): ByteWatcher;
}

/** Looks at all bytes of a file, unpacked; each returns whether rows hide in it. */
export interface ByteWatcher {
  take(chunk: Buffer): boolean;
  end(): boolean;
}

export const sampleRows = 50;

/**
 * Makes rows of files of one layout. There are two ways, and a reader has one or both: the engine reads the file itself, or
 * the file is read here, row by row, into a table. Where it has both, the second is for files too broken for the first.
 */
export interface Reader {
  readonly byEngine?: EngineReader;
  readonly byRow?: RowReader;
  /** Why a row cannot be used, or NULL, over the columns `uses`. */
  reject?(uses: readonly string[]): Sql;
  /** All that `reject` may say, and why the row reader may reject a row. */
  readonly rejectReasons: readonly string[];
}

/** Rows as something to select from: it has the columns `uses`, be they its own or those of the path. */
export interface EngineReader {
  rows(files: readonly InputFile[], uses: readonly string[]): Sql;
  /** The same with `place.path` and `place.line`, where the engine knows them; otherwise files are read again by row. */
  located?(files: readonly InputFile[], uses: readonly string[]): Sql;
  /** Rows that do not split are left out and listed in the engine's reject tables. */
  readonly leavesOutRejects: boolean;
}

/** Reads files into a table of texts, and rows from that table. */
export interface RowReader {
  /** Names of the table's own columns; those of `place` and of the path come beside them. */
  tableColumns(uses: readonly string[]): readonly string[];
  /** The rows of one file after each other, in batches. */
  rows(context: RunContext, file: InputFile, uses: readonly string[]): AsyncIterable<RowBatch>;
  /** The table as something to select from that has the columns `uses` and all others of the table; itself if not given. */
  unpack?(table: Sql, uses: readonly string[]): Sql;
}

/** Some rows for a table. */
export interface RowBatch {
  /** A list for each of `tableColumns`, with a cell for each row. */
  readonly columns: readonly (readonly (string | null)[])[];
  readonly places: readonly RowPlace[];
}

/** Where a row stands in its file. */
export interface RowPlace {
  /** Line or row on which it begins, from 1. */
  readonly line: number;
  /** Its number as the engine's own reader counts, from 1. */
  readonly record: number;
  /** Why it could not be split into cells, one of the reader's `rejectReasons`, or null. */
  readonly reject: string | null;
}

/** Files of one layout. */
export interface Layout {
  readonly container: string;
  readonly files: readonly InputFile[];
  /** Own columns and those of the path. */
  readonly columns: ReadonlyMap<string, string>;
  readonly sample: readonly SampleRow[];
  readonly reader: Reader;
}

/** Those of the columns `uses` of a layout that stand in its rows, not in the paths of its files, of which `file` is one. */
export function ownNames(file: InputFile, uses: readonly string[]): readonly string[] {
  return uses.filter((name) => !file.partitions.has(name));
}
