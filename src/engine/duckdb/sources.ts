import { identifier, join, type Sql, sql } from '../sql.ts';

type Compression = 'none' | 'gzip' | 'zstd';

/** The first line of a text file as column `line`. The separator is a character that no log has. */
export function firstLine(path: string, compression: Compression): Sql {
  return sql`
    SELECT line FROM read_csv(${path}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'}, delim = ${'\u0001'},
      quote = '', escape = '', compression = ${compression}, ignore_errors = true, max_line_size = 16000000) LIMIT 1`;
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

/** Lines that `csvSource` left out so far, each once, with its file, line and the first thing wrong with it. */
export const rejectedLines: Sql = sql`
  SELECT s.file_path AS path, e.line::DOUBLE AS line, min(CASE e.error_type
      WHEN 'MISSING COLUMNS' THEN 'too few columns' WHEN 'TOO MANY COLUMNS' THEN 'too many columns'
      WHEN 'UNQUOTED VALUE' THEN 'broken quoting' WHEN 'INVALID ENCODING' THEN 'not UTF-8'
      WHEN 'LINE SIZE OVER MAXIMUM' THEN 'line too long' ELSE lower(e.error_type) END) AS reason
  FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) GROUP BY 1, 2`;

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

/** A column under another name. */
export function renamed(source: string, target: string): Sql {
  return sql`${identifier(source)} AS ${identifier(target)}`;
}
