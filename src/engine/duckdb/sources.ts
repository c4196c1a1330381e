import { identifier, join, type Sql, sql } from '../sql.ts';

type Compression = 'none' | 'gzip' | 'zstd';

/**
 * A file as lines, in its own order, each byte as the character of that number (Latin-1): any byte passes. The separator is
 * a character that no log has.
 */
function lines(path: string, compression: Compression, skipsLongLines: boolean): Sql {
  return sql`
    SELECT line FROM read_csv(${path}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, delim = ${'\u0001'},
      quote = '', escape = '', compression = ${compression}, encoding = 'latin-1', strict_mode = false, parallel = false,
      max_line_size = 16000000, ignore_errors = ${skipsLongLines})`;
}

/** The first lines of a text file as column `line`, in Latin-1; no row for an empty file. */
export function firstLines(path: string, compression: Compression, count: number): Sql {
  return sql`${lines(path, compression, true)} LIMIT ${count}`;
}

/** Writes an unpacked copy of a zstd file, each of its bytes as the character of that number. */
export function unpackLines(path: string, target: string): Sql {
  return sql`COPY (${lines(path, 'zstd', false)}) TO ${target}
    (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ${'\u0001'}, COMPRESSION none)`;
}

/** How a CSV file is laid out. */
export interface CsvDialect {
  readonly delimiter: string;
  readonly quote: string;
  /** What stands before a quote inside quotes. */
  readonly escape: string;
}

/** Which files, how they are packed, and whether their paths hold columns (`day=2026-02-03/`), which come as text. */
export interface SourceFiles {
  readonly paths: readonly string[];
  readonly compression: Compression;
  readonly hasPartitions: boolean;
}

function pathList({ paths }: SourceFiles): Sql {
  return sql`[${join(paths.map((path) => sql`${path}`))}]`;
}

function partitioning({ hasPartitions }: SourceFiles): Sql {
  return sql`hive_partitioning = ${hasPartitions}, hive_types_autocast = false`;
}

/**
 * CSV files of one layout as a table of text columns. Lines that do not split into these columns are left out and listed in
 * the temporary table `reject_errors`.
 */
export function csvSource(files: SourceFiles, dialect: CsvDialect, columns: readonly string[]): Sql {
  const types = join(columns.map((name) => sql`${identifier(name)}: 'VARCHAR'`));
  return sql`read_csv(${pathList(files)}, auto_detect = false, header = true, delim = ${dialect.delimiter},
    quote = ${dialect.quote}, escape = ${dialect.escape}, columns = {${types}}, compression = ${files.compression},
    ${partitioning(files)}, store_rejects = true, rejects_limit = 0)`;
}

/** Records that `csvSource` left out so far, each once: file, number (a header is 1) and the first thing wrong. */
export const rejectedRecords: Sql = sql`
  SELECT s.file_path AS left_out_path, e.line::BIGINT AS left_out, min(CASE e.error_type
      WHEN 'MISSING COLUMNS' THEN 'too few columns' WHEN 'TOO MANY COLUMNS' THEN 'too many columns'
      WHEN 'UNQUOTED VALUE' THEN 'broken quoting' WHEN 'INVALID ENCODING' THEN 'not UTF-8'
      WHEN 'LINE SIZE OVER MAXIMUM' THEN 'line too long' ELSE lower(e.error_type) END) AS left_out_reason
  FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) GROUP BY 1, 2`;

/**
 * Files in which `csvSource` may have passed over whole rows, as column `path`: after a quote that does not close, it goes
 * on where its next buffer begins. What it then calls a line holds line ends; after other broken quotes it does not.
 */
export const filesWithGaps: Sql = sql`
  SELECT DISTINCT s.file_path AS path FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
  WHERE e.error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM') AND regexp_matches(e.csv_line, '[\\r\\n].')
  ORDER BY path`;

/** The file that a text source gave up on because it does not split into rows, if that is what this error says. */
export function unsplittableFile(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('reached an invalid state')) return /^\s*file = (.+)$/m.exec(message)?.[1];
  return /(?:^|: )(?:Malformed JSON in|"maximum_object_size" of \d+ bytes exceeded while reading) file "(.+?)"[, ]/.exec(
    message,
  )?.[1];
}

/**
 * Files of JSON objects, one a line, as a table of texts: those of `keys`, the nested ones as JSON text. A line that is no
 * JSON object is a row without any value.
 */
export function ndjsonSource(files: SourceFiles, keys: readonly string[]): Sql {
  const types = join(keys.map((key) => sql`${identifier(key)}: 'VARCHAR'`));
  return sql`read_json(${pathList(files)}, format = 'newline_delimited', auto_detect = false, ignore_errors = true,
    columns = {${types}}, compression = ${files.compression === 'none' ? 'uncompressed' : files.compression},
    ${partitioning(files)})`;
}

/** `keys` of a JSON object in a text, as a struct of texts; NULL where it is no JSON. */
export function jsonObject(text: Sql, keys: readonly string[]): Sql {
  return sql`try(json_transform(${text}, ${JSON.stringify(Object.fromEntries(keys.map((key) => [key, 'VARCHAR'])))}))`;
}

/** Text files as a table of their lines, column `line`. Lines that are too long or not UTF-8 are left out as `csvSource` does. */
export function lineSource(files: SourceFiles): Sql {
  return sql`read_csv(${pathList(files)}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'},
    delim = ${'\u0001'}, quote = '', escape = '', strict_mode = false, max_line_size = 16000000,
    compression = ${files.compression}, ${partitioning(files)}, store_rejects = true, rejects_limit = 0)`;
}

/** Parquet files of one schema as a table. `isLocated` adds `filename` and `file_row_number`. */
export function parquetSource(files: SourceFiles, isLocated = false): Sql {
  const extra = isLocated ? sql`, filename = true, file_row_number = true` : sql``;
  return sql`read_parquet(${pathList(files)}, ${partitioning(files)}${extra})`;
}

/** The number of rows of a Parquet file, from its footer, as column `rows`. */
export function parquetRows(path: string): Sql {
  return sql`SELECT num_rows::DOUBLE AS rows FROM parquet_file_metadata(${path})`;
}

/** Writes parts of a Parquet file, `length` rows from each start on (from 0); the engine passes over the rest of the file. */
export function parquetSlices(path: string, starts: readonly number[], length: number, target: string): Sql {
  const slices = starts.map((start) => sql`file_row_number BETWEEN ${start} AND ${start + length - 1}`);
  return sql`COPY (
      SELECT * EXCLUDE (file_row_number) FROM read_parquet(${path}, file_row_number = true, hive_partitioning = false)
      WHERE ${join(slices, ' OR ')})
    TO ${target} (FORMAT parquet)`;
}

/** Names and types of a query's columns, as columns `column_name` and `column_type`. */
export function describeColumns(query: Sql): Sql {
  return sql`SELECT column_name, column_type FROM (DESCRIBE ${query})`;
}
