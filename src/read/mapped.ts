import type { RunContext } from '../engine/context.ts';
import type { Sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { ConfigError } from '../util/errors.ts';
import { mapColumns, passedOver, requireColumns, requireMapped } from './columns.ts';
import type { Layout } from './container.ts';
import { builtInPresets, namedPresets } from './mapping/catalogue.ts';
import { accountBeside, choosePreset, refuseAlone, resembles } from './mapping/choose.ts';
import { compile } from './mapping/compile.ts';
import { describeExpression } from './mapping/describe.ts';
import { type Exploded, explode } from './mapping/explode.ts';
import type { Expression } from './mapping/expression.ts';
import { type Known, listsOf, type Match, matchPresets } from './mapping/match.ts';
import { notACall } from './mapping/not-call.ts';
import { asText, follow, scopeOf, type Value } from './mapping/path.ts';
import { mappingOf, type Preset } from './mapping/preset.ts';
import { readTexts } from './mapping/sample.ts';

/** The value of a canonical column in terms of the source columns, and the type that the engine gives it. */
export interface MappedColumn {
  readonly value: Sql;
  readonly type: string;
}

/** How the rows of one layout become canonical ones. */
export interface MappedLayout {
  readonly layout: Layout;
  readonly known: Known;
  readonly match: Match | undefined;
  readonly mapping: ReadonlyMap<CanonicalColumn, MappedColumn>;
  /** Where the columns of `mapping` come from, in the words of the export. */
  readonly origins: ReadonlyMap<CanonicalColumn, string>;
  /** Makes the rows that `mapping` is about from those of the layout. */
  readonly exploded: Exploded;
  /** Why a row is no call of a model, or NULL; empty where all are. */
  readonly notCall: readonly Sql[];
  /** All that `notCall` may say. */
  readonly notCallReasons: readonly string[];
  /** The source columns that all this reads; no other is parsed. */
  readonly sources: readonly string[];
}

/** The presets that inputs may be read with: those that `--preset` names, none for `none`, else all. */
export function presetsFor({ config }: RunContext): readonly Preset[] {
  const [first] = config.presets;
  if (first === 'none') return [];
  return first === undefined ? builtInPresets() : namedPresets(config.presets, builtInPresets());
}

/** Name of the preset that fits an input best; tells files apart that share columns and yet have different formats. */
export function formatOf(layout: Pick<Layout, 'columns' | 'sample'>, presets: readonly Preset[]): string {
  return matchPresets(knownOf(layout), presets)[0]?.preset.name ?? '';
}

function knownOf({ columns, sample }: Pick<Layout, 'columns' | 'sample'>): Known {
  return { scope: scopeOf(columns), sample: readTexts(sample) };
}

/** Maps the columns of each layout. Throws `ConfigError` or `InputError` where a column is missing. */
export function mapLayouts(
  context: RunContext,
  layouts: readonly Layout[],
  presets: readonly Preset[],
): MappedLayout[] {
  const { config } = context;
  const mapped = layouts.map((layout) => mapLayout(context, layout, presets));
  const everySource = [...new Set(layouts.flatMap(({ columns }) => [...columns.keys()]))];
  const isThere = (wanted: string) => mapped.some(({ exploded }) => follow(exploded.scope, wanted) !== undefined);
  requireMapped(config.map, isThere, everySource, pathOf(layouts[0]));
  requireChoice(config.account, mapped);
  const used = mapped.flatMap(({ match }) => (match === undefined ? [] : [match.preset]));
  for (const { layout, known, match, mapping } of mapped) {
    if (match !== undefined) refuseAlone(match.preset, used, pathOf(layout));
    const joined = match === undefined ? [] : columnsFromOthers(match.preset, used);
    const isMapped = (canonical: CanonicalColumn) => mapping.has(canonical) || joined.includes(canonical);
    const hint = match === undefined ? resembles(known, presets) : accountBeside(match.preset);
    requireColumns(isMapped, [...layout.columns.keys()], pathOf(layout), hint);
  }
  return mapped;
}

function pathOf(layout: Layout | undefined): string {
  return layout?.files[0]?.path ?? '';
}

function mapLayout(context: RunContext, layout: Layout, presets: readonly Preset[]): MappedLayout {
  const { config } = context;
  const known = knownOf(layout);
  const match = choosePreset(context, known, presets, pathOf(layout));
  const exploded = explode(scopeOf(layout.columns), match === undefined ? [] : listsOf(known, match.preset));
  const values = new Map<CanonicalColumn, Value>();
  const origins = new Map<CanonicalColumn, string>();
  const add = (canonical: CanonicalColumn, value: Value | undefined, origin: string) => {
    if (value === undefined || values.has(canonical)) return;
    values.set(canonical, value);
    origins.set(canonical, origin);
  };
  for (const [canonical, wanted] of config.map) add(canonical, follow(exploded.scope, wanted), wanted);
  if (match !== undefined) {
    for (const [canonical, expression] of mappingOf(match.preset, config.account))
      if (!config.map.has(canonical))
        add(canonical, compile(expression, exploded.scope), describeExpression(expression));
    for (const key of keysOf(match.preset, presets)) compile(key, exploded.scope);
    tellAccount(context, match.preset, exploded, pathOf(layout));
  }
  const settled = new Set([...config.map.keys(), ...values.keys()]);
  const unused = [...layout.columns.keys()].filter((name) => !exploded.scope.uses.has(name));
  const byName = mapColumns(unused, settled, match !== undefined);
  for (const [canonical, source] of byName) add(canonical, follow(exploded.scope, source), source);
  if (match === undefined) tellPassedOver(context, unused, byName, pathOf(layout));
  const mapping = [...values].map(([canonical, value]): [CanonicalColumn, MappedColumn] => [
    canonical,
    columnOf(value),
  ]);
  const conditions = match?.preset.calls ?? [];
  return {
    layout,
    known,
    match,
    exploded,
    mapping: new Map(mapping),
    origins,
    notCall: notACall(conditions, exploded.scope),
    notCallReasons: conditions.map(({ otherwise }) => otherwise),
    sources: [...exploded.scope.uses],
  };
}

/** What rows of a format are joined and ordered by: its columns have to be read too. */
function keysOf({ name, join, combine }: Preset, presets: readonly Preset[]): Expression[] {
  const others = presets.flatMap((preset) => preset.join.filter((one) => one.preset === name));
  const order = combine === undefined ? [] : [combine.order];
  return [...join.map(({ on }) => on), ...others.map(({ equals }) => equals), ...order];
}

/** What has parts, and JSON, becomes text. */
function columnOf(value: Value): MappedColumn {
  if (value.type.kind !== 'scalar') return { value: asText(value), type: 'VARCHAR' };
  return { value: value.value, type: value.type.name };
}

/** Columns that a format takes from those beside it. */
function columnsFromOthers(preset: Preset, used: readonly Preset[]): CanonicalColumn[] {
  const names = used.map(({ name }) => name);
  const own = preset.join.filter((join) => names.includes(join.preset)).flatMap(({ take }) => take);
  const isJoined = used.some(({ join }) => join.some((one) => one.preset === preset.name));
  return isJoined ? [...own, 'account_id', 'timestamp'] : own;
}

function tellAccount({ config, emit }: RunContext, preset: Preset, { scope }: Exploded, path: string): void {
  if (config.account !== undefined || config.map.has('account_id')) return;
  const choices = Object.entries(preset.account).filter(([, from]) => compile(from, scope) !== undefined);
  if (choices.length < 2) return;
  const names = choices.map(([name]) => name).join(', else ');
  emit({ kind: 'warning', text: `${path}: ${preset.name}: the account is ${names}; --account takes one of them only` });
}

function tellPassedOver(
  { config, emit }: RunContext,
  sources: readonly string[],
  mapping: ReadonlyMap<CanonicalColumn, string>,
  path: string,
): void {
  for (const [canonical, source] of mapping) {
    const others = config.map.has(canonical) ? [] : passedOver(sources, mapping, canonical);
    if (others.length === 0) continue;
    const text = `${path}: ${canonical} is read from ${source}, not ${others.join(', ')}; --map can change that`;
    emit({ kind: 'note', text });
  }
}

/** Throws `ConfigError` where `--account` names what no format of the inputs has. */
function requireChoice(account: string | undefined, mapped: readonly MappedLayout[]): void {
  const presets = mapped.flatMap(({ match }) => (match === undefined ? [] : [match.preset]));
  if (account === undefined || presets.some((preset) => account in preset.account)) return;
  const choices = [...new Set(presets.flatMap((preset) => Object.keys(preset.account)))];
  const hint = choices.length === 0 ? 'use --map account_id=COLUMN' : `they have ${choices.join(', ')}`;
  throw new ConfigError(`--account ${account}: the inputs have no such account`, hint);
}
