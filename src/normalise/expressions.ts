import type { RunContext } from '../engine/context.ts';
import { presentText } from '../engine/present.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { RawCalls } from '../model/calls.ts';
import { type CanonicalColumn, canonicalColumns, promptColumns } from '../model/column.ts';
import { droppedTexts, hashColumns } from './hashes.ts';
import { toInstant } from './instant.ts';

/** Rows with canonical types, and the timestamp as it was given, so that each is converted once only. */
export function typed(relation: string, columns: ReadonlyMap<CanonicalColumn, Sql>, others: readonly Sql[] = []): Sql {
  const selected = [...columns].map(([name, expression]) => sql`${expression} AS ${identifier(name)}`);
  const given = sql`${identifier('timestamp')} AS given_timestamp`;
  return sql`SELECT ${join([...selected, given, sql`source_reject`, ...others])} FROM ${identifier(relation)}`;
}

const alwaysWanted: ReadonlySet<CanonicalColumn> = new Set(['timestamp', 'account_id', 'request_count']);

/** Time and account are always there. */
export function canonicalExpressions(
  { engine, config }: RunContext,
  raw: RawCalls,
  wanted: ReadonlySet<CanonicalColumn>,
): Map<CanonicalColumn, Sql> {
  const isKeyWanted = raw.side.joined?.columns.has('api_key_id') === true;
  const isWanted = (name: CanonicalColumn) =>
    wanted.has(name) || alwaysWanted.has(name) || (name === 'api_key_id' && isKeyWanted);
  const expressions = new Map<CanonicalColumn, Sql>();
  for (const [name, type] of raw.columns) {
    if (droppedTexts.has(name) || !isWanted(name)) continue;
    const column = identifier(name);
    if (canonicalColumns[name] === 'instant') expressions.set(name, toInstant(column, type, config.inputTimeZone));
    else if (isPrompt(name)) expressions.set(name, presentText(sql`${column}::VARCHAR`));
    else if (canonicalColumns[name] === 'text') {
      expressions.set(name, type === 'VARCHAR' ? column : sql`${column}::VARCHAR`);
    } else expressions.set(name, toNumber(column, type, canonicalColumns[name] === 'integer'));
  }
  for (const [hash, expression] of hashColumns(engine.dialect, (name) => raw.columns.has(name)))
    if (isWanted(hash)) expressions.set(hash, expression);
  return withBothPrompts(expressions);
}

/** Where either of the prompts is kept, both are columns. */
function withBothPrompts(expressions: Map<CanonicalColumn, Sql>): Map<CanonicalColumn, Sql> {
  if (!isKeepingPrompts(expressions)) return expressions;
  return new Map([...promptColumns.map((name): [CanonicalColumn, Sql] => [name, sql`NULL::VARCHAR`]), ...expressions]);
}

/** A number, or NULL where it does not convert; texts may group thousands and end in `.0`. */
function toNumber(column: Sql, type: string, isInteger: boolean): Sql {
  const target = isInteger ? sql`BIGINT` : sql`DOUBLE`;
  if (type !== 'VARCHAR') return sql`try_cast(${column} AS ${target})`;
  return sql`coalesce(try_cast(${column} AS ${target}), try_cast(try_cast(replace(${column}, ',', '') AS DOUBLE) AS ${target}))`;
}

/** Whether a column holds what people wrote. */
export function isPrompt(name: CanonicalColumn): boolean {
  return promptColumns.includes(name);
}

/** Prompts are read several times, each more dearly than numbers: where they are kept, the log is stored, whatever its format. */
export function isKeepingPrompts(columns: ReadonlyMap<CanonicalColumn, Sql>): boolean {
  return [...columns.keys()].some(isPrompt);
}
