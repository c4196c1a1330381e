import { parse } from 'csv-parse/sync';
import type { RunContext } from '../engine/context.ts';
import { firstLine } from '../engine/duckdb/sources.ts';
import { InputError } from '../util/errors.ts';
import type { InputFile } from './find.ts';

/** How a CSV file is laid out. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly columns: readonly string[];
}

const delimiters = [',', '\t', ';', '|'];

/**
 * Reads the header line: the delimiter is the one that splits it into the most columns. Undefined where the file holds
 * nothing at all. Throws `InputError` where it is no CSV.
 */
export async function readLayout({ engine }: RunContext, file: InputFile): Promise<CsvLayout | undefined> {
  const lines = await engine.query(firstLine(file.realPath, file.compression)).catch((cause) => {
    throw new InputError(`${file.path}: cannot be read as CSV`, 'check that the file is whole and holds text', cause);
  });
  if (lines.numRows === 0) return undefined;
  const line = Buffer.from(String(lines.getChild('line')?.get(0) ?? ''), 'latin1')
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r$/, '');
  if (line.trim() === '')
    throw new InputError(`${file.path}: no header line`, 'the first line has to name the columns');
  const splits = delimiters.map((delimiter) => ({ delimiter, columns: split(line, delimiter) }));
  const best = splits.reduce((left, right) => (right.columns.length > left.columns.length ? right : left));
  return { delimiter: best.delimiter, columns: distinct(best.columns) };
}

function split(line: string, delimiter: string): string[] {
  try {
    const rows: string[][] = parse(line, { delimiter, relax_quotes: true, trim: true });
    return rows[0] ?? [];
  } catch {
    return [];
  }
}

/** Column names have to differ, also in lower case: a repeated or empty one gets its position. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, position) => {
    const unique = name === '' || seen.has(name.toLowerCase()) ? `${name}_${position + 1}` : name;
    seen.add(unique.toLowerCase());
    return unique;
  });
}
