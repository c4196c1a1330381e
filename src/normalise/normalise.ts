import { combinations } from '../engine/combinations.ts';
import type { RunContext } from '../engine/context.ts';
import { presentText } from '../engine/present.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls, RawCalls, Reject } from '../model/calls.ts';
import { type CanonicalColumn, connectionColumns, identityColumns, templateColumns } from '../model/column.ts';
import { InputError, KnownError, messageOf } from '../util/errors.ts';
import { type Duplicates, dropDuplicates, hasRowKey, keySources, rowKey } from './duplicates.ts';
import { canonicalExpressions, isKeepingPrompts, isPrompt, typed } from './expressions.ts';
import { outsideReason, periodCondition } from './period.ts';
import {
  countReadings,
  isUsed,
  type ReadingCount,
  reading,
  readingReason,
  rejectedReadings,
  settleTimes,
  usedRows,
} from './reading.ts';
import { applySideTables } from './side-tables.ts';

/**
 * Makes the relation `calls`. Text formats, and logs whose prompts are wanted, are read once, into a table that the engine may
 * spill to its work directory; other Parquet stays where it is, behind a view. Times are TIMESTAMP in UTC. Throws `InputError` where a file cannot be read to
 * its end; that no row is usable is no error. `wanted` are the columns that later stages read: others would be parsed and
 * stored for nothing.
 */
export async function normalise(
  context: RunContext,
  raw: RawCalls,
  wanted: ReadonlySet<CanonicalColumn>,
): Promise<Calls> {
  const columns = canonicalExpressions(context, raw, wanted);
  await create(context, raw, columns);
  const counted = await guard(raw, () => countReadings(context));
  const damage = await raw.damage();
  if (damage !== undefined) throw damage;
  const times = settleTimes(counted, raw.inputs);
  for (const text of times.warnings) context.emit({ kind: 'warning', text });
  const unused = sumOf([...(await raw.rejected()), ...rejectedReadings(raw, counted, times)]);
  const used = counted.filter((one) => isUsed(one, times));
  const duplicates = await createUsableCalls(context, raw, columns, used, usedRows(counted, times));
  const rowsDropped = [...duplicates.values()].reduce((sum, rows) => sum + rows, 0);
  const rowsUsable = used.reduce((sum, { rows }) => sum + rows, 0) - rowsDropped;
  const rowsUsed = await choosePeriod(context, rowsUsable);
  await createCombinations(context, columns);
  const isOther = ([reason]: readonly [string, number]) => raw.otherReasons.includes(reason);
  return {
    relation: 'calls',
    identities: 'identities',
    connections: 'connections',
    templates: 'templates',
    present: presentText,
    ...(await applySideTables(context, raw.side, new Set([...columns.keys()].filter((name) => !isPrompt(name))))),
    ...(isKeepingPrompts(columns) ? { texts: 'calls' } : {}),
    inputs: raw.inputs,
    formats: raw.formats,
    grains: new Set(raw.inputs.map(({ realPath }) => raw.formats.get(realPath)?.grain ?? 'request')),
    queries: countQueries(columns),
    timeKinds: times.kinds,
    rowsByFile: sumOf(counted.map(({ file, rows }) => [raw.inputs[file]?.realPath ?? '', rows])),
    rowsRead: rowsUsable + rowsDropped + [...unused.values()].reduce((sum, rows) => sum + rows, 0),
    rowsUsed,
    rejected: new Map([...unused].filter((one) => !isOther(one))),
    others: new Map([...[...unused].filter(isOther), ...outside(rowsUsable - rowsUsed)]),
    duplicates,
  };
}

/** Which values each account has together. Templates of prompts that are still to be mined are not known yet. */
async function createCombinations(context: RunContext, columns: ReadonlyMap<CanonicalColumn, Sql>): Promise<void> {
  const { engine } = context;
  await engine.execute(combinations('identities', 'calls', identityColumns, columns));
  for (const [relation, group] of [
    ['connections', connectionColumns],
    ['templates', isKeepingPrompts(columns) ? [] : templateColumns],
  ] as const) {
    if (group.some((name) => columns.has(name))) await engine.execute(combinations(relation, 'calls', group, columns));
  }
}

/** Makes the relation `calls` of those in the time asked for, and counts them. */
async function choosePeriod(context: RunContext, rowsUsable: number): Promise<number> {
  const { engine } = context;
  const condition = await periodCondition(context, 'usable_calls');
  const where = condition === undefined ? sql`` : sql` WHERE ${condition}`;
  await engine.execute(sql`CREATE TEMP VIEW calls AS SELECT * FROM usable_calls${where}`);
  if (condition === undefined) return rowsUsable;
  const counted = await engine.query(sql`SELECT count(*)::DOUBLE AS rows FROM calls`);
  return Number(counted.getChild('rows')?.get(0) ?? 0);
}

function outside(rows: number): [string, number][] {
  return rows === 0 ? [] : [[outsideReason, rows]];
}

/** Makes the relation `usable_calls` of the rows that can be used, each call once. */
async function createUsableCalls(
  context: RunContext,
  raw: RawCalls,
  columns: ReadonlyMap<CanonicalColumn, Sql>,
  used: readonly ReadingCount[],
  where: Sql,
): Promise<Duplicates> {
  const spans = used.map(({ from, to }) => ({ from: from ?? 0, to: to ?? 0 }));
  const rows = used.reduce((sum, one) => sum + one.rows, 0);
  const isKeyedById = raw.columns.has('request_id');
  const duplicates = hasRowKey(context, raw)
    ? await dropDuplicates(context, { where, rows, spans, isKeyedById }, columns)
    : new Map();
  const source = duplicates.size === 0 ? sql`normalised${where}` : sql`distinct_rows`;
  const number = isKeepingPrompts(columns) ? [sql`rowid AS call_number`] : [];
  const names = join([...[...columns.keys()].map(identifier), ...number]);
  await context.engine.execute(sql`CREATE TEMP VIEW usable_calls AS SELECT ${names} FROM ${source}`);
  if (duplicates.size > 0 && (raw.isText || isKeepingPrompts(columns)))
    await context.engine.execute(sql`DROP TABLE normalised`);
  return duplicates;
}

/** A row without a count is one request; the totals of a bucket are many, an account event is none. */
function countQueries(columns: ReadonlyMap<CanonicalColumn, Sql>): Sql {
  return columns.has('request_count') ? sql`sum(coalesce(request_count, 1))::DOUBLE` : sql`count(*)::DOUBLE`;
}

function sumOf(counts: Iterable<readonly [string, number]>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, rows] of counts) sums.set(name, (sums.get(name) ?? 0) + rows);
  return sums;
}

/** A temporary table is neither compressed nor checkpointed: a third of the cost of a stored one, for the same scans. */
async function create(context: RunContext, raw: RawCalls, columns: ReadonlyMap<CanonicalColumn, Sql>): Promise<void> {
  const names = join([...columns.keys()].map(identifier));
  const kind = raw.isText || isKeepingPrompts(columns) ? sql`TEMP TABLE` : sql`TEMP VIEW`;
  const isKeyed = hasRowKey(context, raw);
  const key = isKeyed ? [sql`${rowKey(context, columns)} AS row_key`] : [];
  const others = [sql`source_file`, ...(isKeyed ? keySources(raw) : [])];
  const query = sql`
    SELECT ${join([names, sql`${reading(raw)} AS reading`, sql`source_file`, ...key])}
    FROM (${typed(raw.relation, columns, others)})`;
  const statement = sql`CREATE OR REPLACE ${kind} normalised AS ${query}`;
  for (let isComplete = false; !isComplete; ) {
    isComplete = await guard(raw, async () => {
      try {
        await context.engine.execute(statement);
      } catch (cause) {
        if (await raw.repair(cause)) return false;
        throw cause;
      }
      return !(await raw.repair());
    });
  }
}

/** Every row that was not used, with where it stands; reads the input once more. */
export async function* listRejects(context: RunContext, raw: RawCalls, calls: Calls): AsyncIterable<Reject> {
  const located = await raw.located();
  const paths = new Map(raw.inputs.map((input) => [input.realPath, input.path]));
  const columns = canonicalExpressions(context, raw, new Set());
  const places = [sql`source_path`, sql`source_line`, sql`source_left_out`];
  const rows = await context.engine.query(sql`
    SELECT source_path AS path, source_line::DOUBLE AS line, coalesce(source_left_out, ${readingReason(raw, calls)}) AS reason
    FROM (SELECT *, ${reading(raw)} AS reading FROM (${typed(located, columns, places)}))
    WHERE reason IS NOT NULL ORDER BY path, line`);
  for (const { path, line, reason } of rows) yield { path: paths.get(path) ?? path, line, reason };
}

/** A file that turns out to be damaged while it is read is the user's concern, not a bug. */
async function guard<Result>(raw: RawCalls, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof KnownError || (cause instanceof Error && cause.name === 'InterruptedError')) throw cause;
    const named = raw.inputs.filter((input) => messageOf(cause).includes(input.realPath));
    const [first, ...others] = named.length > 0 ? named : raw.inputs;
    const more = others.length === 0 ? '' : ` (or one of ${others.length} others)`;
    throw new InputError(
      `${first?.path ?? 'the input'}${more}: cannot be read to the end`,
      'check that the file is whole; for broken CSV try --tolerant',
      cause,
    );
  }
}
