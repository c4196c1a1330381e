import type { RunContext } from '../engine/context.ts';
import { rejectedRecords } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { type InputFile, type Layout, place, type RowReader } from './container.ts';
import { createRowTable, loadRows } from './row-table.ts';

/** What the engine calls the number of a file within what it reads, from 0, unless a column hides it. */
const fileIndex = 'file_index';

const none = sql`NULL::VARCHAR`;
const fileNumber = sql`${identifier(place.file)}::UINTEGER`;

/** The files of one layout, and which of them stand in a table because the engine does not read them itself. */
export class Source {
  readonly layout: Layout;
  readonly #uses: readonly string[];
  readonly #context: RunContext;
  readonly #table: string;
  /** Real paths. */
  readonly #inTable = new Set<string>();

  /** @param uses columns of the layout that are wanted; @param table a name for one of its own */
  constructor(context: RunContext, layout: Layout, uses: readonly string[], table: string) {
    this.layout = layout;
    this.#uses = uses;
    this.#context = context;
    this.#table = table;
  }

  /** Whether the engine reads at least one file and leaves rows out that do not split. */
  get leavesOutRejects(): boolean {
    return this.layout.reader.byEngine?.leavesOutRejects === true && this.#byEngine().length > 0;
  }

  /** Files that the engine reads, but could also be read row by row. */
  get repairable(): readonly InputFile[] {
    return this.layout.reader.byRow === undefined ? [] : this.#byEngine();
  }

  /** Reads files into the table; the rows are those of the table from then on. */
  async readRowByRow(files: readonly InputFile[]): Promise<void> {
    const { byRow } = this.layout.reader;
    if (byRow === undefined || files.length === 0) return;
    if (this.#inTable.size === 0) await createRowTable(this.#context, this.#table, this.layout, byRow, this.#uses);
    await loadRows(this.#context, this.#table, byRow, files, this.#uses);
    for (const { realPath } of files) this.#inTable.add(realPath);
  }

  /** All rows but those left out, as queries of the wanted columns, `place.file` and `place.reject`. */
  rows(): Sql[] {
    const { byEngine, byRow } = this.layout.reader;
    const parts: Sql[] = [];
    for (const files of byEngine === undefined ? [] : this.#together(this.#byEngine()))
      parts.push(this.#select(byEngine?.rows(files, this.#uses) ?? none, this.#uses.map(identifier), numberIn(files)));
    if (byRow !== undefined && this.#inTable.size > 0)
      parts.push(this.#fromTable(byRow, identifier(this.#table), identifier(place.reject), []));
    return parts;
  }

  /** All rows with `place.path`, `place.line` and `place.leftOut` too. Text is read again: only row by row counts lines. */
  async located(): Promise<Sql[]> {
    const { byEngine, byRow } = this.layout.reader;
    const files = this.#byEngine();
    const parts: Sql[] = [];
    const places = [place.path, place.line].map(identifier);
    if (byEngine?.located !== undefined && files.length > 0) {
      const columns = [...this.#uses.map(identifier), ...places, sql`${none} AS ${identifier(place.leftOut)}`];
      parts.push(this.#select(byEngine.located(files, this.#uses), columns, sql`NULL`));
    } else if (byRow !== undefined && files.length > 0) parts.push(...(await this.#readAgain(byRow, files)));
    if (byRow !== undefined && this.#inTable.size > 0) {
      const table = identifier(this.#table);
      parts.push(this.#fromTable(byRow, table, identifier(place.reject), placesOf(none)));
    }
    return parts;
  }

  #byEngine(): InputFile[] {
    if (this.layout.reader.byEngine === undefined) return [];
    return this.layout.files.filter((file) => !this.#inTable.has(file.realPath));
  }

  /** Files that can be read as one: each alone where a column hides the engine's own number of the file. */
  #together(files: readonly InputFile[]): (readonly InputFile[])[] {
    const isHidden = [...this.layout.columns.keys()].some((name) => name.toLowerCase() === fileIndex);
    if (isHidden) return files.map((file) => [file]);
    return files.length === 0 ? [] : [files];
  }

  #select(from: Sql, columns: readonly Sql[], number: Sql, given: Sql = none): Sql {
    const own = this.layout.reader.reject?.(this.#uses) ?? none;
    const reject = given === none ? own : sql`coalesce(${given}, ${own})`;
    return sql`SELECT ${join([...columns, sql`${number} AS ${identifier(place.file)}`])},
      ${reject} AS ${identifier(place.reject)} FROM ${from}`;
  }

  #fromTable(byRow: RowReader, table: Sql, given: Sql, places: readonly Sql[]): Sql {
    const rows = byRow.unpack?.(table, this.#uses) ?? table;
    return this.#select(rows, [...this.#uses.map(identifier), ...places], fileNumber, given);
  }

  async #readAgain(byRow: RowReader, files: readonly InputFile[]): Promise<Sql[]> {
    const name = `located_${this.#table}`;
    await createRowTable(this.#context, name, this.layout, byRow, this.#uses);
    await loadRows(this.#context, name, byRow, files, this.#uses);
    const table = identifier(name);
    if (!this.leavesOutRejects) return [this.#fromTable(byRow, table, identifier(place.reject), placesOf(none))];
    return this.#withLeftOut(byRow, table, files);
  }

  /** The engine knows only the number of a record that it left out; the table knows the line of each number. */
  #withLeftOut(byRow: RowReader, table: Sql, files: readonly InputFile[]): Sql[] {
    const paths = join(files.map((file) => sql`${file.realPath}`));
    const isSame = sql`left_out_path = ${identifier(place.path)} AND left_out = ${identifier(place.record)}::BIGINT`;
    const nulls = [...this.#uses, place.reject].map((name) => {
      const type: Sql = { kind: 'sql', text: this.layout.columns.get(name) ?? 'VARCHAR' };
      return sql`NULL::${type} AS ${identifier(name)}`;
    });
    const joined = sql`(${table} LEFT JOIN (${rejectedRecords}) ON ${isSame})`;
    return [
      this.#fromTable(byRow, joined, none, placesOf(sql`left_out_reason`)),
      sql`
      SELECT ${join(nulls)}, left_out_path AS ${identifier(place.path)}, left_out AS ${identifier(place.line)},
        left_out_reason AS ${identifier(place.leftOut)}
      FROM (${rejectedRecords}) WHERE left_out_path IN (${paths}) AND NOT EXISTS (SELECT 1 FROM ${table} WHERE ${isSame})`,
    ];
  }
}

/** The places of a row table, with the reason why rows of it were left out. */
function placesOf(leftOut: Sql): Sql[] {
  const line = identifier(place.line);
  return [identifier(place.path), sql`${line}::BIGINT AS ${line}`, sql`${leftOut} AS ${identifier(place.leftOut)}`];
}

/** The position of a row's file among all inputs. */
function numberIn(files: readonly InputFile[]): Sql {
  const numbers = join(files.map(({ number }) => sql`${number}`));
  if (files.length === 1) return sql`${numbers}::UINTEGER`;
  return sql`[${numbers}][${identifier(fileIndex)}::BIGINT + 1]::UINTEGER`;
}
