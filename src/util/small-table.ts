import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { InputError } from './errors.ts';
import { plainName } from './text.ts';

/** What a small table holds, and how its columns may be called. */
export interface TableShape<Row> {
  /** Of one record; texts come trimmed, and columns that are not there do not come. */
  readonly row: z.ZodType<Row>;
  /** Names of each column, its own first; compared without case, spaces and punctuation. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Columns that have to be there; of each inner list one. */
  readonly required: readonly (readonly string[])[];
  /** Said with every error: what such a file looks like. */
  readonly hint: string;
}

/** One record with the line on which it ends. */
export interface TableRow<Row> {
  readonly line: number;
  readonly value: Row;
}

/** A CSV file before its columns have a meaning. */
export interface RawTable {
  readonly path: string;
  readonly header: readonly string[];
  readonly records: readonly { readonly line: number; readonly cells: readonly string[] }[];
}

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

const delimiters = [',', ';', '\t'];

/** Splits a CSV file that fits into memory. Throws `InputError` that names file and line. */
export function splitTable(text: string, path: string, hint: string): RawTable {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const counts = delimiters.map((delimiter) => firstLine.split(delimiter).length);
  const delimiter = delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
  try {
    const parsed: unknown = parse(text, { bom: true, delimiter, info: true, skip_empty_lines: true, trim: true });
    const [head, ...records] = parsed as ParsedRecord[];
    if (head === undefined) throw new InputError(`${path}: nothing in it`, hint);
    return {
      path,
      header: head.record,
      records: records.map(({ record, info }) => ({ line: info.lines, cells: record })),
    };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new InputError(`${path}, line ${String(cause.lines)}: ${expectedOf(cause)}`, hint, cause);
  }
}

function expectedOf({ code }: CsvError): string {
  return code.includes('INCONSISTENT') ? 'expected as many cells as the header has' : 'expected CSV with closed quotes';
}

/**
 * Reads the records of a small table. Cells without text count as missing. Throws `InputError` that names file, line, column
 * and what was expected.
 */
export function readRows<Row>(table: RawTable, { row, columns, required, hint }: TableShape<Row>): TableRow<Row>[] {
  const { path, header, records } = table;
  const positions = columnPositions(header, columns);
  for (const names of required) {
    if (names.some((name) => positions.has(name))) continue;
    throw new InputError(
      `${path}, line 1: no column ${names.join(' or ')} among ${header.slice(0, 20).join(', ')}`,
      hint,
    );
  }
  return records.map(({ line, cells }) => {
    const entries = [...positions].map(([name, position]): [string, string] => [name, cells[position] ?? '']);
    const parsed = row.safeParse(Object.fromEntries(entries));
    if (parsed.success) return { line, value: parsed.data };
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? '');
    const column = header[positions.get(name) ?? -1] ?? name;
    throw cellError(path, line, column, issue?.message ?? 'not usable', hint);
  });
}

/** The error of one cell. */
export function cellError(path: string, line: number, column: string, message: string, hint: string): InputError {
  return new InputError(`${path}, line ${line}, column ${column}: ${message}`, hint);
}

/** Where each column stands: by its own name, else by the first of its other names that is there. */
export function columnPositions(
  header: readonly string[],
  columns: TableShape<unknown>['columns'],
): Map<string, number> {
  const plain = header.map(plainName);
  const positions = new Map<string, number>();
  for (const [name, names] of Object.entries(columns)) {
    const position = names.map((one) => plain.indexOf(plainName(one))).find((index) => index >= 0);
    if (position !== undefined) positions.set(name, position);
  }
  return positions;
}
