import { join, type Sql, sql } from '../sql.ts';

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

/** The first line of a text file as column `line`, in Latin-1; no row for an empty file. */
export function firstLine(path: string, compression: Compression): Sql {
  return sql`${lines(path, compression, true)} LIMIT 1`;
}

/** Writes an unpacked copy of a zstd file, each of its bytes as the character of that number. */
export function unpackLines(path: string, target: string): Sql {
  return sql`COPY (${lines(path, 'zstd', false)}) TO ${target}
    (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER ${'\u0001'}, COMPRESSION none)`;
}

/**
 * CSV files of one layout as a table of text columns. Lines that do not split into these columns are left out and listed in
 * the temporary table `reject_errors`.
 */
export function csvSource(
  paths: readonly string[],
  compression: Compression,
  delimiter: string,
  columns: readonly string[],
): Sql {
  const types = join(columns.map((name) => sql`${name}: 'VARCHAR'`));
  return sql`read_csv([${join(paths.map((path) => sql`${path}`))}], auto_detect = false, header = true, delim = ${delimiter},
    quote = '"', escape = '"', columns = {${types}}, compression = ${compression}, store_rejects = true, rejects_limit = 0)`;
}

/** Records that `csvSource` left out so far, each once, with file, number (the header is 1) and the first thing wrong. */
export const rejectedRecords: Sql = sql`
  SELECT s.file_path AS path, e.line::BIGINT AS record, min(CASE e.error_type
      WHEN 'MISSING COLUMNS' THEN 'too few columns' WHEN 'TOO MANY COLUMNS' THEN 'too many columns'
      WHEN 'UNQUOTED VALUE' THEN 'broken quoting' WHEN 'INVALID ENCODING' THEN 'not UTF-8'
      WHEN 'LINE SIZE OVER MAXIMUM' THEN 'line too long' ELSE lower(e.error_type) END) AS reason
  FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) GROUP BY 1, 2`;

/**
 * Files in which `csvSource` may have passed over whole rows, as column `path`: after a quote that does not close, it goes
 * on where its next buffer begins. What it then calls a line holds line ends; after other broken quotes it does not.
 */
export const filesWithGaps: Sql = sql`
  SELECT DISTINCT s.file_path AS path FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
  WHERE e.error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM') AND regexp_matches(e.csv_line, '[\\r\\n].')
  ORDER BY path`;

/** The file that `csvSource` gave up on because of its quotes or mixed line ends, if that is what this error says. */
export function unsplittableFile(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return message.includes('reached an invalid state') ? /^\s*file = (.+)$/m.exec(message)?.[1] : undefined;
}

/** Parquet files as a table; columns are matched by name. `located` adds `filename` and `file_row_number`. */
export function parquetSource(paths: readonly string[], located = false): Sql {
  const list = join(paths.map((path) => sql`${path}`));
  const extra = located ? sql`, filename = true, file_row_number = true` : sql``;
  return sql`read_parquet([${list}], union_by_name = true${extra})`;
}

/** Names and types of a query's columns, as columns `column_name` and `column_type`. */
export function describeColumns(query: Sql): Sql {
  return sql`SELECT column_name, column_type FROM (DESCRIBE ${query})`;
}
