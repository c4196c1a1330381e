import { type CsvDialect, csvSource } from '../../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { InputError } from '../../util/errors.ts';
import {
  type Container,
  type InputFile,
  ownNames,
  type Reader,
  type RowPlace,
  type RowReader,
  type SampleRow,
  sampleRows,
} from '../container.ts';
import { csvHead } from '../csv-dialect.ts';
import { QuoteWatcher } from '../quote-watcher.ts';
import { type CsvRecord, csvRecords, recordRejects } from '../records.ts';
import { type RowShape, rowShapeOf } from '../row-shape.ts';
import { sourceFiles } from '../source-files.ts';
import { looksLikeText } from '../text-head.ts';
import { unpacker } from '../unpack.ts';

/** More than any export has; each costs memory in the engine, also unread. */
const mostColumns = 10_000;

/** Text in rows and cells, whatever stands between them; the first row names the columns. */
export const csv: Container = {
  name: 'csv',
  extensions: ['csv', 'tsv'],
  isBinary: false,
  recognises: looksLikeText,
  async examine(_context, file, head) {
    const { dialect, records } = csvHead(head.toString('utf8'));
    const [header = [], ...rows] = records;
    if (header.every((name) => name.trim() === ''))
      throw new InputError(`${file.path}: no header line`, 'the first line has to name the columns');
    if (header.length > mostColumns) {
      const text = `${file.path}: the first line has ${header.length} columns`;
      throw new InputError(text, `${mostColumns} are the most that are read; check how its lines end`);
    }
    const names = distinct(header.map((name) => name.replaceAll('\0', '\ufffd').trim()));
    const shape = rowShapeOf(dialect.delimiter, names.length, rows);
    const sample = rows
      .slice(0, sampleRows)
      .map((cells): SampleRow => Object.fromEntries(names.map((name, position) => [name, cells[position] ?? null])));
    return {
      file,
      key: JSON.stringify([dialect, names]),
      columnsVary: false,
      columns: new Map(names.map((name) => [name, 'VARCHAR'])),
      sample,
      reader: readerOf(file, dialect, names, shape),
      watch: () => new QuoteWatcher(dialect, shape),
    };
  },
};

/** Column names have to differ, also in lower case: a repeated or empty one gets its position. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, position) => {
    const unique = name === '' || seen.has(name.toLowerCase()) ? `${name}_${position + 1}` : name;
    seen.add(unique.toLowerCase());
    return unique;
  });
}

function readerOf(like: InputFile, dialect: CsvDialect, names: readonly string[], shape: RowShape): Reader {
  const own = (uses: readonly string[]) => ownNames(like, uses);
  const byRow: RowReader = {
    tableColumns: own,
    rows: async function* (context, file, uses) {
      const positions = own(uses).map((name) => names.indexOf(name));
      const open = await unpacker(context, file);
      for await (const records of csvRecords(open, dialect, shape))
        yield {
          columns: positions.map((position) => records.map(({ cells }) => presentCell(cells[position]))),
          places: records.map((record) => placeOf(record, names.length)),
        };
    },
  };
  return {
    byRow,
    byEngine: {
      leavesOutRejects: true,
      rows: (files) => csvSource(sourceFiles(files), dialect, names),
    },
    reject: (uses) => repeatedHeader(own(uses)),
    rejectReasons: ['repeated header', ...recordRejects, 'too many columns'],
  };
}

/** Files put end to end repeat their header. One cell alone may hold its column's name by chance. */
function repeatedHeader(names: readonly string[]): Sql {
  if (names.length < 2) return sql`NULL::VARCHAR`;
  const isName = names.slice(0, 3).map((name) => sql`${identifier(name)} = ${name}`);
  return sql`CASE WHEN ${join(isName, ' AND ')} THEN 'repeated header' END`;
}

function placeOf(record: CsvRecord, columnCount: number): RowPlace {
  return { ...record, reject: record.reject ?? surplus(record, columnCount) };
}

function presentCell(cell: string | undefined): string | null {
  return cell === undefined || cell === '' ? null : cell;
}

/** Separators at the end of a row add cells that say nothing, which the engine's reader forgives too. */
function surplus({ cells }: CsvRecord, columnCount: number): string | null {
  if (cells.length <= columnCount) return null;
  return cells.slice(columnCount).every((cell) => cell === '') ? null : 'too many columns';
}
