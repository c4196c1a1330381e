import { parse } from 'csv-parse/sync';
import type { CsvDialect } from '../engine/duckdb/sources.ts';

/** A dialect and the first records of a file in it; the first of them is the header. */
export interface CsvHead {
  readonly dialect: CsvDialect;
  readonly records: readonly (readonly string[])[];
}

const usualDelimiters = [',', '\t', ';', '|'];
/** Asked only where the usual ones do not split the header: they also stand within names and values. */
const rareDelimiters = ['\u0001', '\u001f', '\u001e', '^', '~', '¦', '§', ':', ' '];
const recordsTried = 100;

/**
 * Finds out how a CSV file is written: the delimiter that splits the header into the most columns, with the quotes that
 * give the most rows as many cells. `text` is the beginning of a file.
 */
export function csvHead(text: string): CsvHead {
  const usual = best(text, usualDelimiters);
  return (usual.records[0]?.length ?? 0) > 1 ? usual : best(text, rareDelimiters, usual);
}

function best(text: string, delimiters: readonly string[], fallback?: CsvHead): CsvHead {
  const heads = delimiters.map((delimiter) => read(text, { delimiter, quote: '"', escape: '"' }));
  const widest = [...(fallback === undefined ? [] : [fallback]), ...heads].reduce((left, right) =>
    width(right) > width(left) ? right : left,
  );
  const others = otherQuotings(text, widest).map((quoting) => read(text, { ...widest.dialect, ...quoting }));
  return [widest, ...others].reduce((left, right) => (regularRows(right) > regularRows(left) ? right : left));
}

/** Quoting that the text gives reason to try. A stray quote gives none: it makes rows irregular in any. */
function otherQuotings(text: string, { records }: CsvHead): Pick<CsvDialect, 'quote' | 'escape'>[] {
  const showing = records.filter((cells) => cells.some((cell) => /^'.*'$/s.test(cell))).length;
  return [
    ...(text.includes('\\"') ? [{ quote: '"', escape: '\\' }] : []),
    ...(showing * 2 > records.length ? [{ quote: "'", escape: "'" }] : []),
  ];
}

function width({ records }: CsvHead): number {
  return records[0]?.length ?? 0;
}

/** Rows with as many cells as the header, where no cell shows its single quotes. */
function regularRows({ records }: CsvHead): number {
  const columns = records[0]?.length ?? 0;
  return records.filter((cells) => cells.length === columns && !cells.some((cell) => /^'.*'$/s.test(cell))).length;
}

function read(text: string, dialect: CsvDialect): CsvHead {
  const records: string[][] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      escape: dialect.escape,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      to: recordsTried,
      on_record: (cells: string[]) => {
        records.push(cells);
        return null;
      },
    });
  } catch {
    // Nothing to do: the text may end within quotes, and the records before that say enough.
  }
  return { dialect, records };
}
