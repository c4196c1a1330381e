import type { RunContext } from '../engine/context.ts';
import { filesWithGaps, rejectedRecords, unsplittableFile } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { InputFormat, RawCalls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { type InputFile, place } from './container.ts';
import { containers } from './containers.ts';
import { findFiles } from './find.ts';
import { type Findings, lookBeside, warnOfChanges } from './integrity.ts';
import { type CanonicalInput, joinInputs } from './joined.ts';
import { examineFiles, groupLayouts } from './layouts.ts';
import { formatOf, type MappedLayout, mapLayouts, presetsFor } from './mapped.ts';
import { takeSamples } from './sample.ts';
import { readSideTables } from './side-tables.ts';
import { Source } from './source.ts';

/**
 * Opens exports and gives their columns canonical names. Nothing is read yet but their heads, except what the engine does
 * not read itself. Of large files a sample may do. Throws `InputError` or `ConfigError`, each of which names the file.
 */
export async function read(
  context: RunContext,
  paths: readonly string[],
  extent: 'whole' | 'sample' = 'whole',
): Promise<RawCalls> {
  const { engine, config } = context;
  const extensions = [...new Set(containers.flatMap((container) => container.extensions))];
  const named = await findFiles(context, paths, extensions);
  const found = extent === 'whole' ? named : await takeSamples(context, named);
  const layouts = await examineFiles(context, found);
  const inputs = layouts.map(({ file }) => file);
  await engine.lock(found.map(({ realPath }) => realPath));
  const side = await readSideTables(context);
  const presets = presetsFor(context);
  const groups = groupLayouts(layouts, (layout) => formatOf(layout, presets));
  const mapped = mapLayouts(context, groups, presets);
  const findings = lookBeside(layouts.filter(({ reader }) => reader.byEngine !== undefined && !config.tolerant));
  const opened = new OpenedInputs(context, mapped, findings, inputs.length > 1 && !config.keepDuplicates);
  await opened.readWhatTheEngineCannot();
  const columns = await opened.createRelation();
  return {
    relation: 'raw_calls',
    columns,
    inputs,
    formats: opened.formats(),
    origins: opened.origins(),
    side,
    rejectReasons: opened.rejectReasons(),
    otherReasons: opened.otherReasons(),
    hasRowHash: opened.isHashed,
    isText: opened.isCostly(),
    damage: async () => {
      await warnOfChanges(context, inputs);
      return (await findings).damage;
    },
    repair: (cause) => opened.repair(cause),
    rejected: () => opened.countLeftOut(),
    located: () => opened.createLocated(),
  };
}

const fileColumn = sql`${identifier(place.file)} AS source_file`;
const locationColumns = [
  sql`${identifier(place.path)} AS source_path`,
  sql`${identifier(place.line)} AS source_line`,
  sql`${identifier(place.leftOut)} AS source_left_out`,
];

interface OpenedInput {
  readonly mapped: MappedLayout;
  readonly source: Source;
}

/** The relation over all inputs. */
class OpenedInputs {
  readonly #context: RunContext;
  readonly #inputs: readonly OpenedInput[];
  readonly #findings: Promise<Findings>;
  /** The engine's type of each canonical column; one that has several types becomes text. */
  readonly #columns = new Map<CanonicalColumn, string>();

  /** Whether rows carry a hash of all that their file says. */
  readonly isHashed: boolean;

  constructor(context: RunContext, layouts: readonly MappedLayout[], findings: Promise<Findings>, isHashed: boolean) {
    this.#context = context;
    this.isHashed = isHashed;
    this.#findings = findings;
    this.#inputs = layouts.map((mapped, position) => ({
      mapped,
      source: new Source(context, mapped.layout, this.#sources(mapped), `rows_${position}`),
    }));
    for (const [canonical, { type }] of layouts.flatMap(({ mapping }) => [...mapping]))
      this.#columns.set(canonical, (this.#columns.get(canonical) ?? type) === type ? type : 'VARCHAR');
  }

  formats(): ReadonlyMap<string, InputFormat> {
    const formats = this.#inputs.flatMap(({ mapped: { layout, match } }) => {
      if (match === undefined) return [];
      const { name: preset, grain } = match.preset;
      const format: InputFormat = { preset, confidence: match.confidence, grain };
      return layout.files.map(({ realPath }): [string, InputFormat] => [realPath, format]);
    });
    return new Map(formats);
  }

  origins(): ReadonlyMap<string, MappedLayout['origins']> {
    const entries = this.#inputs.flatMap(({ mapped: { layout, origins } }) =>
      layout.files.map(({ realPath }): [string, MappedLayout['origins']] => [realPath, origins]),
    );
    return new Map(entries);
  }

  rejectReasons(): readonly string[] {
    const ofReaders = this.#inputs.flatMap(({ source }) => source.layout.reader.rejectReasons);
    return [...new Set([...ofReaders, ...this.otherReasons()])];
  }

  otherReasons(): readonly string[] {
    return [...new Set(this.#inputs.flatMap(({ mapped }) => mapped.notCallReasons))];
  }

  /** Whether making the rows costs more than reading them, so that it should be done once only. */
  isCostly(): boolean {
    return this.#inputs.some(({ mapped: { layout, match } }) => layout.container !== 'parquet' || match !== undefined);
  }

  async readWhatTheEngineCannot(): Promise<void> {
    for (const { source } of this.#inputs) {
      const { files, reader } = source.layout;
      if (reader.byEngine === undefined) await source.readRowByRow(files);
      else if (this.#context.config.tolerant) await source.readRowByRow(source.repairable);
    }
  }

  async createRelation(): Promise<ReadonlyMap<CanonicalColumn, string>> {
    const inputs = this.#inputs.map(({ mapped, source }) => {
      const hash = this.isHashed ? [sql`${this.#hash(mapped)} AS source_hash`] : [];
      return this.#canonical(mapped, source.rows(), [fileColumn, ...hash]);
    });
    const carried = ['source_file', 'source_reject', ...(this.isHashed ? ['source_hash'] : [])];
    await this.#createView('raw_calls', joinInputs(inputs, carried));
    return this.#columns;
  }

  /** Columns to read: all of the file's own where the whole row is compared. */
  #sources(mapped: MappedLayout): readonly string[] {
    return this.isHashed && isComparedAsWhole(mapped)
      ? [...new Set([...mapped.sources, ...ownColumns(mapped)])]
      : mapped.sources;
  }

  #hash(mapped: MappedLayout): Sql {
    if (!isComparedAsWhole(mapped)) return sql`NULL::UBIGINT`;
    const items = mapped.match?.preset.explode.length ? [...mapped.mapping.values()].map(({ value }) => value) : [];
    return this.#context.engine.dialect.hash(...ownColumns(mapped).map(identifier), ...items);
  }

  async createLocated(): Promise<string> {
    const inputs: CanonicalInput[] = [];
    for (const { mapped, source } of this.#inputs)
      inputs.push(this.#canonical(mapped, await source.located(), locationColumns));
    const carried = ['source_reject', 'source_path', 'source_line', 'source_left_out'];
    return this.#createView('located_calls', joinInputs(inputs, carried));
  }

  #canonical(mapped: MappedLayout, rows: readonly Sql[], carried: readonly Sql[]): CanonicalInput {
    const columns = [...mapped.mapping].map(([canonical, { value, type }]) => {
      const cast = this.#columns.get(canonical) === type ? value : sql`(${value})::VARCHAR`;
      return sql`${cast} AS ${identifier(canonical)}`;
    });
    const reject = sql`${join([identifier(place.reject), ...mapped.notCall])}`;
    const all = [...columns, sql`coalesce(${reject}) AS source_reject`, ...carried];
    return {
      mapped,
      select: (more) => rows.map((part) => sql`SELECT ${join([...all, ...more])} FROM (${mapped.exploded.rows(part)})`),
    };
  }

  async #createView(name: string, selects: readonly Sql[]): Promise<string> {
    await this.#context.engine.execute(
      sql`CREATE OR REPLACE TEMP VIEW ${identifier(name)} AS ${join(selects, ' UNION ALL BY NAME ')}`,
    );
    return name;
  }

  async repair(cause: unknown): Promise<boolean> {
    const paths = await this.#pathsToRepair(cause);
    let isRepaired = false;
    for (const { source } of this.#inputs) {
      const broken = source.repairable.filter(({ realPath }) => paths.has(realPath));
      if (broken.length === 0) continue;
      for (const file of broken) this.#context.emit({ kind: 'warning', text: slowly(file) });
      await source.readRowByRow(broken);
      isRepaired = true;
    }
    if (isRepaired) await this.createRelation();
    return isRepaired;
  }

  async #pathsToRepair(cause: unknown): Promise<ReadonlySet<string>> {
    if (cause !== undefined) return new Set([unsplittableFile(cause) ?? '']);
    const { hidingRows } = await this.#findings;
    if (!this.#leavesOutRejects()) return hidingRows;
    const rows = await this.#context.engine.query(filesWithGaps);
    return new Set([...hidingRows, ...[...rows].map((row): string => row.path)]);
  }

  async countLeftOut(): Promise<ReadonlyMap<string, number>> {
    if (!this.#leavesOutRejects()) return new Map();
    const paths = this.#inputs
      .filter(({ source }) => source.leavesOutRejects)
      .flatMap(({ source }) => source.repairable.map(({ realPath }) => sql`${realPath}`));
    const rows = await this.#context.engine.query(sql`
      SELECT left_out_reason AS reason, count(*)::DOUBLE AS rows FROM (${rejectedRecords})
      WHERE left_out_path IN (${join(paths)}) GROUP BY reason ORDER BY reason`);
    return new Map([...rows].map((row) => [row.reason, row.rows]));
  }

  /** The tables of what the engine left out exist only after it read a file that way. */
  #leavesOutRejects(): boolean {
    return this.#inputs.some(({ source }) => source.leavesOutRejects);
  }
}

/** A request id tells calls apart better than all the rest; so many columns would cost more than they tell. */
function isComparedAsWhole({ mapping, layout }: MappedLayout): boolean {
  return !mapping.has('request_id') && layout.columns.size <= mostColumnsCompared;
}

const mostColumnsCompared = 1000;

/** Columns of the files themselves: the folder of an export says when it was made. */
function ownColumns({ layout }: MappedLayout): string[] {
  return [...layout.columns.keys()].filter((name) => !layout.files[0]?.partitions.has(name));
}

function slowly({ path }: InputFile): string {
  return `${path}: a quote that does not close, or mixed line ends; reading it row by row, which takes longer`;
}
