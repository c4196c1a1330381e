import type { RunContext } from '../engine/context.ts';
import { filesWithGaps, rejectedRecords, unsplittableFile } from '../engine/duckdb/sources.ts';
import { join, type Sql, sql } from '../engine/sql.ts';
import type { RawCalls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { findInputs, type InputFile } from './find.ts';
import { findDamage } from './integrity.ts';
import { type FileGroup, groupFiles } from './layouts.ts';
import { createLocated } from './located.ts';
import { type InputPart, partsOf } from './parts.ts';
import { createRowTable, loadRows, rowRejects } from './row-by-row.ts';

/**
 * Opens exports and gives their columns canonical names. Nothing is read yet but headers, except with `--tolerant`. Throws
 * `InputError` or `ConfigError`, each of which names the file.
 */
export async function read(context: RunContext, paths: readonly string[]): Promise<RawCalls> {
  const { engine, config } = context;
  const inputs = await findInputs(context, paths);
  await engine.lock(inputs.map((input) => input.realPath));
  const groups = await groupFiles(context, inputs);
  const opened = new OpenedInputs(context, groups, inputs);
  if (config.tolerant) await opened.readRowByRow(inputs.filter((input) => input.format === 'csv'));
  const columns = await opened.createRelation();
  const damage = findDamage(config.tolerant ? [] : inputs);
  return {
    relation: 'raw_calls',
    columns,
    inputs,
    isText: groups.some((group) => group.kind === 'csv'),
    damage: () => damage,
    repair: (cause) => opened.repair(inputs, cause),
    rejected: () => opened.countRejected(),
    located: () => createLocated(context, groups, opened.rowByRow),
  };
}

/** The relation over all inputs, and which of their files are read row by row. */
class OpenedInputs {
  /** Real paths. */
  readonly rowByRow = new Set<string>();
  readonly #context: RunContext;
  readonly #groups: readonly FileGroup[];
  readonly #fileNumbers: ReadonlyMap<string, number>;
  readonly #tables = new Map<FileGroup, string>();

  constructor(context: RunContext, groups: readonly FileGroup[], inputs: readonly InputFile[]) {
    this.#context = context;
    this.#groups = groups;
    this.#fileNumbers = new Map(inputs.map((input, number) => [input.realPath, number]));
  }

  async readRowByRow(files: readonly InputFile[]): Promise<void> {
    for (const [position, group] of this.#groups.entries()) {
      const chosen = group.files.filter((file) => files.includes(file) && !this.rowByRow.has(file.realPath));
      if (chosen.length === 0) continue;
      const table = `rows_${position}`;
      if (!this.#tables.has(group)) await createRowTable(this.#context, table, group);
      this.#tables.set(group, table);
      await loadRows(this.#context, table, group, chosen);
      for (const file of chosen) this.rowByRow.add(file.realPath);
    }
  }

  /** One view over all parts. A column whose type differs between parts becomes text. */
  async createRelation(): Promise<Map<CanonicalColumn, string>> {
    const parts = this.#groups.flatMap((group) =>
      partsOf(group, this.rowByRow, this.#tables.get(group), this.#fileNumbers),
    );
    const columns = new Map<CanonicalColumn, string>();
    for (const { types } of parts) {
      for (const [canonical, type] of types) {
        columns.set(canonical, (columns.get(canonical) ?? type) === type ? type : 'VARCHAR');
      }
    }
    const selects = parts.map((part: InputPart) => part.select(columns));
    await this.#context.engine.execute(
      sql`CREATE OR REPLACE TEMP VIEW raw_calls AS ${join(selects, ' UNION ALL BY NAME ')}`,
    );
    return columns;
  }

  async repair(inputs: readonly InputFile[], cause: unknown): Promise<boolean> {
    const paths = await this.#filesToRepair(cause);
    const broken = inputs.filter((input) => paths.has(input.realPath) && !this.rowByRow.has(input.realPath));
    if (broken.length === 0) return false;
    for (const { path } of broken) {
      const text = `${path}: a quote that does not close, or mixed line ends; reading it row by row, which takes longer`;
      this.#context.emit({ kind: 'warning', text });
    }
    await this.readRowByRow(broken);
    await this.createRelation();
    return true;
  }

  async #filesToRepair(cause: unknown): Promise<ReadonlySet<string>> {
    if (cause !== undefined) return new Set([unsplittableFile(cause) ?? '']);
    if (!this.#hasEngineRead()) return new Set();
    const rows = await this.#context.engine.query(filesWithGaps);
    return new Set([...rows].map((row): string => row.path));
  }

  async countRejected(): Promise<ReadonlyMap<string, number>> {
    const rejects: Sql[] = [...this.#tables.values()].map(rowRejects);
    if (this.#hasEngineRead()) {
      const own = join([sql`''`, ...[...this.rowByRow].map((path) => sql`${path}`)]);
      rejects.push(sql`SELECT * FROM (${rejectedRecords}) WHERE path NOT IN (${own})`);
    }
    if (rejects.length === 0) return new Map();
    const rows = await this.#context.engine.query(sql`
      SELECT reason, count(*)::DOUBLE AS rows FROM (${join(rejects, ' UNION ALL ')}) GROUP BY reason ORDER BY reason`);
    return new Map([...rows].map((row) => [row.reason, row.rows]));
  }

  /** The tables of what the engine's own reader rejected exist only after it ran. */
  #hasEngineRead(): boolean {
    return this.#groups.some(
      ({ kind, files }) => kind === 'csv' && files.some((file) => !this.rowByRow.has(file.realPath)),
    );
  }
}
