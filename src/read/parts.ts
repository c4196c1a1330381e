import { csvSource, parquetSource } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { FileGroup } from './layouts.ts';
import { place } from './row-by-row.ts';

/** One piece of the relation `raw_calls`. */
export interface InputPart {
  /** The engine's type of each canonical column. */
  readonly types: ReadonlyMap<CanonicalColumn, string>;
  /** The query of all its columns; one whose type in `columns` is another is cast to text. */
  readonly select: (columns: ReadonlyMap<CanonicalColumn, string>) => Sql;
}

/** A group's files as the engine reads them, and those that were read row by row into a table. */
export function partsOf(group: FileGroup, rowByRow: ReadonlySet<string>, table: string | undefined): InputPart[] {
  const paths = group.files.map((file) => file.realPath).filter((path) => !rowByRow.has(path));
  const parts: InputPart[] = [];
  if (paths.length > 0) parts.push(part(group, sourceOf(group, paths)));
  if (table !== undefined)
    parts.push(part(group, sql`(SELECT * FROM ${identifier(table)} WHERE ${identifier(place.reject)} IS NULL)`));
  return parts;
}

function sourceOf(group: FileGroup, paths: readonly string[]): Sql {
  if (group.kind === 'parquet') return parquetSource(paths);
  const compression = group.files[0]?.compression ?? 'none';
  return csvSource(paths, compression, group.delimiter, [...group.types.keys()]);
}

function part({ mapping }: FileGroup, source: Sql): InputPart {
  return {
    types: new Map([...mapping].map(([canonical, { type }]) => [canonical, type])),
    select: (columns) => {
      const named = [...mapping].map(([canonical, { value, type }]) => {
        const cast = columns.get(canonical) === type ? value : sql`(${value})::VARCHAR`;
        return sql`${cast} AS ${identifier(canonical)}`;
      });
      return sql`SELECT ${join(named)} FROM ${source}`;
    },
  };
}
