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

/**
 * A group's files as the engine reads them, and those that were read row by row into a table. `fileNumbers` are the
 * positions of all inputs by real path.
 */
export function partsOf(
  group: FileGroup,
  rowByRow: ReadonlySet<string>,
  table: string | undefined,
  fileNumbers: ReadonlyMap<string, number>,
): InputPart[] {
  const paths = group.files.map((file) => file.realPath).filter((path) => !rowByRow.has(path));
  const parts: InputPart[] = [];
  for (const some of together(group, paths))
    parts.push(part(group, sourceOf(group, some), numberByIndex(some, fileNumbers)));
  if (table !== undefined) {
    const source = sql`(SELECT * FROM ${identifier(table)} WHERE ${identifier(place.reject)} IS NULL)`;
    parts.push(part(group, source, numberByPath(fileNumbers)));
  }
  return parts;
}

/** Files that can be read as one source: each alone where a column of theirs hides the engine's own number of the file. */
function together(group: FileGroup, paths: readonly string[]): (readonly string[])[] {
  const isHidden = [...group.types.keys()].some((name) => name.toLowerCase() === fileIndex);
  if (isHidden) return paths.map((path) => [path]);
  return paths.length === 0 ? [] : [paths];
}

/** What the engine calls the number of a file within its source, from 0. */
const fileIndex = 'file_index';

function numberByIndex(paths: readonly string[], fileNumbers: ReadonlyMap<string, number>): Sql {
  const numbers = paths.map((path) => sql`${fileNumbers.get(path) ?? 0}`);
  if (numbers.length === 1) return sql`${join(numbers)}::UINTEGER`;
  return sql`[${join(numbers)}][${identifier(fileIndex)}::BIGINT + 1]::UINTEGER`;
}

function numberByPath(fileNumbers: ReadonlyMap<string, number>): Sql {
  const numbers = [...fileNumbers].map(([path, number]) => sql`${path}: ${number}`);
  return sql`(MAP {${join(numbers)}})[${identifier(place.path)}]::UINTEGER`;
}

function sourceOf(group: FileGroup, paths: readonly string[]): Sql {
  if (group.kind === 'parquet') return parquetSource(paths);
  const compression = group.files[0]?.compression ?? 'none';
  return csvSource(paths, compression, group.delimiter, [...group.types.keys()]);
}

function part({ mapping }: FileGroup, source: Sql, sourceFile: Sql): InputPart {
  return {
    types: new Map([...mapping].map(([canonical, { type }]) => [canonical, type])),
    select: (columns) => {
      const named = [...mapping].map(([canonical, { value, type }]) => {
        const cast = columns.get(canonical) === type ? value : sql`(${value})::VARCHAR`;
        return sql`${cast} AS ${identifier(canonical)}`;
      });
      return sql`SELECT ${join([...named, sql`${sourceFile} AS source_file`])} FROM ${source}`;
    },
  };
}
