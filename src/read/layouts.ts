import type { RunContext } from '../engine/context.ts';
import { describeColumns, parquetSource } from '../engine/duckdb/sources.ts';
import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { InputError } from '../util/errors.ts';
import { mapColumns, passedOver, requireColumns, requireMapped } from './columns.ts';
import type { InputFile } from './find.ts';
import { readLayout } from './header.ts';

/** The value of a canonical column in terms of the source columns, and the type that the engine gives it. */
export interface MappedColumn {
  readonly value: Sql;
  readonly type: string;
}

/** Files that have the same columns and can be read as one relation. */
export interface FileGroup {
  readonly kind: 'csv' | 'parquet';
  readonly files: readonly InputFile[];
  /** Of CSV files. */
  readonly delimiter: string;
  /** Source columns in their order, with the type that the engine gives each. */
  readonly types: ReadonlyMap<string, string>;
  readonly mapping: ReadonlyMap<CanonicalColumn, MappedColumn>;
  /** The source columns that the mapping reads. */
  readonly sources: readonly string[];
}

type Layout = Omit<FileGroup, 'mapping' | 'sources'>;

/**
 * Reads the headers, groups files by layout and maps their columns. Throws `ConfigError` or `InputError` where a column is
 * missing or a file is no export.
 */
export async function groupFiles(context: RunContext, files: readonly InputFile[]): Promise<FileGroup[]> {
  const { config, emit } = context;
  const paths = files.map((file) => file.path);
  const layouts = [
    ...(await csvLayouts(
      context,
      files.filter((file) => file.format === 'csv'),
    )),
    ...(await parquetLayouts(
      context,
      files.filter((file) => file.format === 'parquet'),
    )),
  ];
  if (layouts.length === 0) throw new InputError(`${paths.join(', ')}: nothing in it`, 'name an export that has rows');
  requireMapped(config.map, [...new Set(layouts.flatMap(({ types }) => [...types.keys()]))], paths[0] ?? '');
  return layouts.map((layout) => {
    const sources = [...layout.types.keys()];
    const path = layout.files[0]?.path ?? '';
    const mapping = mapColumns(sources, config.map);
    requireColumns(mapping, sources, path);
    for (const [canonical, source] of mapping) {
      const others = config.map.has(canonical) ? [] : passedOver(sources, mapping, canonical);
      if (others.length === 0) continue;
      const text = `${path}: ${canonical} is read from ${source}, not ${others.join(', ')}; --map can change that`;
      emit({ kind: 'note', text });
    }
    const mapped = [...mapping].map(([canonical, source]): [CanonicalColumn, MappedColumn] => [
      canonical,
      { value: identifier(source), type: layout.types.get(source) ?? 'VARCHAR' },
    ]);
    return { ...layout, mapping: new Map(mapped), sources: [...new Set(mapping.values())] };
  });
}

async function csvLayouts(context: RunContext, files: readonly InputFile[]): Promise<Layout[]> {
  const groups = new Map<string, { files: InputFile[]; layout: Layout }>();
  for (const file of files) {
    const layout = await readLayout(context, file);
    if (layout === undefined) {
      context.emit({ kind: 'note', text: `${file.path} is empty` });
      continue;
    }
    const key = JSON.stringify([file.compression, layout.delimiter, layout.columns]);
    const types = new Map(layout.columns.map((column) => [column, 'VARCHAR']));
    const group = groups.get(key) ?? {
      files: [],
      layout: { kind: 'csv', files: [], delimiter: layout.delimiter, types },
    };
    group.files.push(file);
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => ({ ...group.layout, files: group.files }));
}

async function parquetLayouts({ engine }: RunContext, files: readonly InputFile[]): Promise<Layout[]> {
  if (files.length === 0) return [];
  for (const file of files) {
    await engine.query(describeColumns(sql`SELECT * FROM ${parquetSource([file.realPath])}`)).catch((cause) => {
      throw new InputError(`${file.path}: cannot be read as Parquet`, 'it is cut or damaged; export it again', cause);
    });
  }
  const paths = files.map((file) => file.realPath);
  const described = await engine.query(describeColumns(sql`SELECT * FROM ${parquetSource(paths)}`)).catch((cause) => {
    const hint = 'scan them one by one, or export the column with one type';
    throw new InputError(`${files[0]?.path ?? ''} and others: a column has types that do not go together`, hint, cause);
  });
  const types = new Map([...described].map((row): [string, string] => [row.column_name, row.column_type]));
  return [{ kind: 'parquet', files, delimiter: '', types }];
}
