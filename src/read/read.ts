import type { RunContext } from '../engine/context.ts';
import { describeColumns, parquetSource, rejectedLines } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { RawCalls, Reject } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { InputError, messageOf } from '../util/errors.ts';
import { mapColumns, requireColumns } from './columns.ts';
import { csvParts } from './csv.ts';
import { findInputs, type InputFile } from './find.ts';
import { findDamage } from './integrity.ts';
import { loadTolerantly, tolerantRejects } from './tolerant.ts';

/** Files of one layout, as a relation with the files' own column names. */
export interface InputPart {
  readonly files: readonly InputFile[];
  readonly source: Sql;
  /** Type of each source column, as the engine names it. */
  readonly types: ReadonlyMap<string, string>;
}

/** Opens exports and gives their columns canonical names. Nothing is read yet but headers. */
export async function read(context: RunContext, paths: readonly string[]): Promise<RawCalls> {
  const { engine, config } = context;
  const inputs = await findInputs(context, paths);
  await engine.lock(inputs.map((input) => input.realPath));
  const damage = findDamage(inputs);
  const csv = inputs.filter((input) => input.format === 'csv');
  const parquet = inputs.filter((input) => input.format === 'parquet');
  const csvRead = config.tolerant ? await loadTolerantly(context, csv, 'tolerant_rows') : await csvParts(context, csv);
  const parts = [...csvRead, ...(await parquetParts(context, parquet))];
  const columns = await createRelation(context, parts);
  const structural = config.tolerant ? tolerantRejects('tolerant_rows') : rejectedLines;
  const hasRejects = csv.length > 0;
  return {
    relation: 'raw_calls',
    columns,
    inputs,
    isText: csv.length > 0,
    damage: () => damage,
    rejected: async () => (hasRejects ? countByReason(context, structural) : new Map()),
    rejects: () => (hasRejects ? listRejected(context, structural, inputs) : noRejects()),
    located: () => createLocated(context, csv, parquet),
  };
}

async function* noRejects(): AsyncIterable<Reject> {}

async function parquetParts({ engine }: RunContext, files: readonly InputFile[]): Promise<InputPart[]> {
  if (files.length === 0) return [];
  for (const file of files) {
    await engine.query(describeColumns(sql`SELECT * FROM ${parquetSource([file.realPath])}`)).catch((cause) => {
      throw new InputError(
        `${file.path}: cannot be read as Parquet (${messageOf(cause).slice(0, 120)})`,
        'the file is cut or damaged; export it again',
        cause,
      );
    });
  }
  const source = parquetSource(files.map((file) => file.realPath));
  const described = await engine.query(describeColumns(sql`SELECT * FROM ${source}`));
  const types = new Map([...described].map((row): [string, string] => [row.column_name, row.column_type]));
  return [{ files, source, types }];
}

/** One view over all parts. A column whose type differs between parts becomes text. */
async function createRelation(
  { engine, config }: RunContext,
  parts: readonly InputPart[],
): Promise<Map<CanonicalColumn, string>> {
  const mappings = parts.map((part) => {
    const sources = [...part.types.keys()];
    const path = part.files[0]?.path ?? '';
    const mapping = mapColumns(sources, config.map, path);
    requireColumns(mapping, sources, path);
    return mapping;
  });
  const columns = new Map<CanonicalColumn, string>();
  mappings.forEach((mapping, position) => {
    for (const [canonical, source] of mapping) {
      const type = parts[position]?.types.get(source) ?? 'VARCHAR';
      columns.set(canonical, (columns.get(canonical) ?? type) === type ? type : 'VARCHAR');
    }
  });
  const selects = parts.map((part, position) => select(part, mappings[position] ?? new Map(), columns));
  await engine.execute(sql`CREATE VIEW raw_calls AS ${join(selects, ' UNION ALL BY NAME ')}`);
  return columns;
}

function select(
  part: InputPart,
  mapping: ReadonlyMap<CanonicalColumn, string>,
  columns: ReadonlyMap<CanonicalColumn, string>,
): Sql {
  const named = [...mapping].map(([canonical, source]) => {
    const needsCast = columns.get(canonical) !== part.types.get(source);
    return sql`${needsCast ? sql`${identifier(source)}::VARCHAR` : identifier(source)} AS ${identifier(canonical)}`;
  });
  return sql`SELECT ${join(named)} FROM ${part.source}`;
}

async function countByReason({ engine }: RunContext, rejects: Sql): Promise<Map<string, number>> {
  const rows = await engine.query(
    sql`SELECT reason, count(*)::DOUBLE AS rows FROM (${rejects}) GROUP BY reason ORDER BY reason`,
  );
  return new Map([...rows].map((row) => [row.reason, row.rows]));
}

async function* listRejected(
  { engine }: RunContext,
  rejects: Sql,
  inputs: readonly InputFile[],
): AsyncIterable<Reject> {
  const names = new Map(inputs.map((input) => [input.realPath, input.path]));
  for (const row of await engine.query(sql`SELECT path, line, reason FROM (${rejects}) ORDER BY path, line`)) {
    yield { path: names.get(row.path) ?? row.path, line: row.line, reason: row.reason };
  }
}

/** A view like `raw_calls` that knows where each row stands; CSV goes through the tolerant reader, which counts lines. */
async function createLocated(
  context: RunContext,
  csv: readonly InputFile[],
  parquet: readonly InputFile[],
): Promise<string> {
  const { engine, config } = context;
  const parts = await loadTolerantly(context, csv, 'located_rows');
  const located = parquet.map(
    (file): InputPart => ({ files: [file], source: parquetSource([file.realPath], true), types: new Map() }),
  );
  const selects = [];
  for (const part of [...parts, ...located]) {
    const described = await engine.query(describeColumns(sql`SELECT * FROM ${part.source}`));
    const sources = [...described].map((row): string => row.column_name);
    const named = [...mapColumns(sources, config.map, part.files[0]?.path ?? '')].map(
      ([canonical, source]) => sql`${identifier(source)} AS ${identifier(canonical)}`,
    );
    const place =
      part.types.size === 0
        ? sql`${part.files[0]?.path ?? ''} AS source_path, file_row_number + 1 AS source_line`
        : sql`source_path, source_line::BIGINT AS source_line`;
    selects.push(sql`SELECT ${join(named)}, ${place} FROM ${part.source}`);
  }
  await engine.execute(sql`CREATE OR REPLACE VIEW located_calls AS ${join(selects, ' UNION ALL BY NAME ')}`);
  return 'located_calls';
}
