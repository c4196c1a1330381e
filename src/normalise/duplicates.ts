import type { RunContext } from '../engine/context.ts';
import { presentText } from '../engine/present.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls, RawCalls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { overlaps, type Span } from './overlap.ts';

export type Duplicates = Calls['duplicates'];

/** What one call keeps when it is exported again, beside its id: an id that a client chose for all its calls hides none. */
const lasting: readonly CanonicalColumn[] = ['account_id', 'timestamp', 'input_tokens', 'output_tokens'];

/** Keys of this many rows are held in memory at once. */
const rowsPerPass = 16_000_000;

/** Whether rows of an input can be told to be the same. */
export function hasRowKey({ config }: RunContext, raw: RawCalls): boolean {
  return !config.keepDuplicates && (raw.hasRowHash || raw.columns.has('request_id'));
}

/** What `rowKey` reads beside the canonical columns. */
export function keySources(raw: RawCalls): Sql[] {
  const id = raw.columns.has('request_id') ? sql`${identifier('request_id')}::VARCHAR` : sql`NULL::VARCHAR`;
  return [sql`${id} AS given_request_id`, raw.hasRowHash ? sql`source_hash` : sql`NULL::UBIGINT AS source_hash`];
}

/**
 * A number that two rows share if they are the same call: odd for rows with a request id, even for the rest, which are
 * compared as wholes; NULL where there is nothing to compare. Sixty-three bits of a hash: among 100 million rows of one log,
 * the odds that two strangers meet are one to a thousand.
 */
export function rowKey({ engine }: RunContext, columns: ReadonlyMap<CanonicalColumn, Sql>): Sql {
  const kept = lasting.filter((name) => columns.has(name)).map(identifier);
  return sql`CASE WHEN ${presentText(sql`given_request_id`)} IS NOT NULL
    THEN ${engine.dialect.hash(sql`given_request_id`, ...kept)} // 2 * 2 + 1 ELSE source_hash // 2 * 2 END`;
}

/** Rows of the relation `normalised` that are used, by file. */
export interface UsedRows {
  /** The condition that keeps them. */
  readonly where: Sql;
  readonly rows: number;
  /** Whether any of them may have a request id. */
  readonly isKeyedById: boolean;
  /** Span of time of each file, in microseconds since 1970. */
  readonly spans: readonly Span[];
}

/**
 * Looks for calls that came more than once, and where there are some, makes the relation `distinct_rows` of the rows that are
 * used, each call once. Rows are compared where files overlap in time; in logs of up to 16 million rows, rows with a request id
 * are compared over the whole log. Those without an id count as often as in the file that has most of them: equal rows in one
 * file are several calls.
 */
export async function dropDuplicates(
  context: RunContext,
  used: UsedRows,
  columns: ReadonlyMap<CanonicalColumn, Sql>,
): Promise<Duplicates> {
  const { engine } = context;
  if (!(await findDuplicateKeys(context, used))) return new Map();
  await engine.execute(sql`
    CREATE TEMP TABLE repeated AS
    SELECT *, CASE WHEN row_key % 2 = 1 THEN 1 ELSE row_number() OVER (PARTITION BY row_key, source_file) END AS copy
    FROM (SELECT * FROM normalised${used.where}) SEMI JOIN duplicate_keys USING (row_key)`);
  const values = engine.dialect.hash(...[...columns.keys()].map(identifier));
  await engine.execute(sql`
    CREATE TEMP TABLE kept AS
    SELECT * EXCLUDE (place) FROM (
      SELECT *, row_number() OVER (PARTITION BY row_key, copy ORDER BY ${values}) AS place FROM repeated) WHERE place = 1`);
  await engine.execute(sql`
    CREATE TEMP TABLE distinct_rows AS
    SELECT * FROM (SELECT * FROM normalised${used.where}) ANTI JOIN duplicate_keys USING (row_key)
    UNION ALL BY NAME SELECT * EXCLUDE (copy) FROM kept`);
  const counted = await engine.query(sql`
    SELECT is_by_id, sum(rows)::DOUBLE AS rows FROM (
      SELECT row_key % 2 = 1 AS is_by_id, count(*) AS rows FROM repeated GROUP BY ALL
      UNION ALL SELECT row_key % 2 = 1, -count(*) FROM kept GROUP BY ALL)
    GROUP BY is_by_id HAVING sum(rows) > 0 ORDER BY is_by_id DESC`);
  for (const name of ['repeated', 'kept', 'duplicate_keys']) await engine.execute(sql`DROP TABLE ${identifier(name)}`);
  return new Map([...counted].map(({ is_by_id, rows }) => [is_by_id ? 'request_id' : 'whole row', rows]));
}

/** Makes relation `duplicate_keys`, in passes over a part of the keys each; returns whether there is any. */
async function findDuplicateKeys(
  { engine }: RunContext,
  { where, rows, spans, isKeyedById }: UsedRows,
): Promise<boolean> {
  const shared = overlaps(spans).map(({ from, to }) => sql`epoch_us(timestamp) BETWEEN ${from} AND ${to}`);
  // A call keeps its time when it is exported again: in a large log, files that follow each other are taken at their word.
  const isWholeLog = isKeyedById && rows <= rowsPerPass;
  if (!isWholeLog && shared.length === 0) return false;
  const isCompared = join([...(isWholeLog ? [sql`row_key % 2 = 1`] : []), ...shared], ' OR ');
  await engine.execute(sql`
    CREATE TEMP VIEW row_keys AS SELECT row_key, source_file FROM (SELECT * FROM normalised${where}) WHERE ${isCompared}`);
  await engine.execute(sql`CREATE TEMP TABLE duplicate_keys (row_key UBIGINT)`);
  const passes = Math.ceil(rows / rowsPerPass);
  for (let pass = 0; pass < passes; pass += 1) {
    await engine.execute(sql`
      INSERT INTO duplicate_keys
      SELECT row_key FROM row_keys WHERE row_key IS NOT NULL AND (row_key // 2) % ${passes} = ${pass} GROUP BY row_key
      HAVING CASE WHEN row_key % 2 = 1 THEN count(*) > 1 ELSE min(source_file) <> max(source_file) END`);
  }
  await engine.execute(sql`DROP VIEW row_keys`);
  const found = await engine.query(sql`SELECT count(*)::DOUBLE AS keys FROM duplicate_keys`);
  return Number(found.getChild('keys')?.get(0) ?? 0) > 0;
}
