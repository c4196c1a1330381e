import type { RunContext } from '../engine/context.ts';
import { isMissingText, presentText } from '../engine/present.ts';
import { identifier, join, nothing, type Sql, sql } from '../engine/sql.ts';
import type { Calls, InputSummary, RawCalls } from '../model/calls.ts';
import { type TimeKind, timeKinds } from '../model/time.ts';
import { groupBy } from '../util/group.ts';
import { count } from '../util/text.ts';
import { timeKind } from './instant.ts';

/** Why a row on its own cannot be used. */
const reasons = [
  'account is missing',
  'timestamp is missing',
  'timestamp does not parse',
  'timestamp out of range',
] as const;

const disagreement = 'timestamp unlike the rest of its file';

/** Rows of one file that were read in one way. */
export interface ReadingCount {
  /** Position in the inputs. */
  readonly file: number;
  /** A position in `timeKinds`, or beyond them in `reasons`. */
  readonly reading: number;
  readonly rows: number;
  /** First and last timestamp, in microseconds since 1970; of rows without one, null. */
  readonly from: number | null;
  readonly to: number | null;
}

/** How each file writes its timestamps, and what there is to say about files whose rows disagree. */
export interface SettledTimes {
  /** By real path. */
  readonly kinds: ReadonlyMap<string, TimeKind>;
  /** By position in the inputs, as positions in `timeKinds`. */
  readonly readings: ReadonlyMap<number, number>;
  readonly warnings: readonly string[];
}

/**
 * How a row of `typed` was read, in one byte: the position of its kind of timestamp in `timeKinds`, or, where it cannot be
 * used, the number of kinds plus the position of the reason, those of the input after the own ones.
 */
export function reading(raw: RawCalls): Sql {
  const given = sql`given_timestamp`;
  const type = raw.columns.get('timestamp') ?? 'VARCHAR';
  const isGiven = type === 'VARCHAR' ? presentText(given) : given;
  const rejects = raw.rejectReasons.map(
    (reason, position) => sql`WHEN source_reject = ${reason} THEN ${firstReject + position}`,
  );
  return sql`(CASE ${join(rejects, ' ')}
    WHEN account_id IS NULL OR ${isMissingText(sql`account_id`)} THEN ${codeOf('account is missing')}
    WHEN ${identifier('timestamp')} BETWEEN TIMESTAMP '2000-01-01' AND TIMESTAMP '2100-01-01' THEN ${timeKind(given, type)}
    WHEN ${isGiven} IS NULL THEN ${codeOf('timestamp is missing')}
    WHEN ${identifier('timestamp')} IS NULL THEN ${codeOf('timestamp does not parse')}
    ELSE ${codeOf('timestamp out of range')} END)::UTINYINT`;
}

/** Codes from here on are positions in the `rejectReasons` of the input. */
const firstReject = timeKinds.length + reasons.length;

function codeOf(reason: (typeof reasons)[number]): number {
  return timeKinds.length + reasons.indexOf(reason);
}

/** Counts the rows of the relation `normalised` by file and reading. */
export async function countReadings({ engine }: RunContext): Promise<ReadingCount[]> {
  const counted = await engine.query(sql`
    SELECT source_file::INTEGER AS file, reading::INTEGER AS reading, count(*)::DOUBLE AS rows,
      epoch_us(min(timestamp))::DOUBLE AS "from", epoch_us(max(timestamp))::DOUBLE AS "to"
    FROM normalised GROUP BY ALL ORDER BY ALL`);
  return [...counted].map(({ file, reading, rows, from, to }) => ({ file, reading, rows, from, to }));
}

/**
 * Decides how each file writes its timestamps: as more than half of its rows do. Where no kind has that many, the file has
 * none, and none of its rows is used.
 */
export function settleTimes(counted: readonly ReadingCount[], inputs: readonly InputSummary[]): SettledTimes {
  const kinds = new Map<string, TimeKind>();
  const readings = new Map<number, number>();
  const warnings: string[] = [];
  const byFile = groupBy(timed(counted), ({ file }) => file);
  for (const [file, own] of byFile) {
    const all = own.reduce((sum, one) => sum + one.rows, 0);
    const main = own.find((one) => one.rows * 2 > all);
    const kind = main === undefined ? undefined : timeKinds[main.reading];
    const { path = '', realPath = '' } = inputs[file] ?? {};
    if (main !== undefined) readings.set(file, main.reading);
    if (kind !== undefined) kinds.set(realPath, kind);
    if (own.length > 1) warnings.push(describe(path, own, kind));
  }
  return { kinds, readings, warnings };
}

function timed(counted: readonly ReadingCount[]): ReadingCount[] {
  return counted.filter(({ reading }) => reading < timeKinds.length);
}

function describe(path: string, counted: readonly ReadingCount[], kind: TimeKind | undefined): string {
  const parts = counted.map(({ reading, rows }) => `${timeKinds[reading] ?? ''}: ${count(rows)}`);
  const used = kind === undefined ? 'none is more than half, so none is used' : `only the ${kind} are used`;
  return `${path}: its timestamps disagree (${parts.join(', ')}): ${used}`;
}

/** Whether rows of this count are used. */
export function isUsed({ file, reading }: ReadingCount, { readings }: SettledTimes): boolean {
  return readings.get(file) === reading;
}

/** Rows that are not used, by reason. */
export function rejectedReadings(
  { rejectReasons }: RawCalls,
  counted: readonly ReadingCount[],
  times: SettledTimes,
): [string, number][] {
  const all = [...reasons, ...rejectReasons];
  return counted
    .filter((one) => !isUsed(one, times))
    .map(({ reading, rows }) => [all[reading - timeKinds.length] ?? disagreement, rows]);
}

/** The condition on `normalised` that keeps the rows that are used; nothing where all are, since it costs every scan. */
export function usedRows(counted: readonly ReadingCount[], times: SettledTimes): Sql {
  const unused = counted.filter((one) => !isUsed(one, times));
  if (unused.length === 0) return nothing;
  const mixed = timed(unused).map(({ file, reading }) => sql`(${file}, ${reading})`);
  const isSettled = mixed.length === 0 ? nothing : sql` AND (source_file, reading) NOT IN (${join(mixed)})`;
  return sql` WHERE reading < ${timeKinds.length}${isSettled}`;
}

/** The reason of a row with `reading` and `source_path`, or NULL where it was used. */
export function readingReason({ rejectReasons }: RawCalls, { timeKinds: kinds }: Calls): Sql {
  const all = [...reasons, ...rejectReasons];
  const own = all.map((reason, position) => sql`WHEN ${timeKinds.length + position} THEN ${reason}`);
  const settled = [...kinds].map(([path, kind]) => sql`${path}: ${timeKinds.indexOf(kind)}`);
  return sql`CASE reading ${join(own, ' ')}
    ELSE CASE WHEN (MAP {${join(settled)}})[source_path] IS NOT DISTINCT FROM reading THEN NULL ELSE ${disagreement} END END`;
}
