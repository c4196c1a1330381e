import type { RunContext } from '../engine/context.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';

/** What is said of rows that are calls, but not of the time that was asked for. */
export const outsideReason = 'outside the time asked for';

/**
 * The condition on rows of a relation with `timestamp` that keeps the time that was asked for, or undefined where all was.
 * The last days or hours end with the last call.
 */
export async function periodCondition({ engine, config }: RunContext, relation: string): Promise<Sql | undefined> {
  const { sinceMs, untilMs, lastSeconds } = config.period;
  const milliseconds = engine.dialect.epochMilliseconds(sql`timestamp`);
  const before = untilMs === undefined ? [] : [sql`${milliseconds} < ${untilMs}`];
  if (lastSeconds === undefined) {
    const after = sinceMs === undefined ? [] : [sql`${milliseconds} >= ${sinceMs}`];
    return after.length + before.length === 0 ? undefined : join([...after, ...before], ' AND ');
  }
  const where = before.length === 0 ? sql`` : sql` WHERE ${join(before)}`;
  const rows = await engine.query(
    sql`SELECT max(${milliseconds})::DOUBLE AS last FROM ${identifier(relation)}${where}`,
  );
  const last = Number(rows.getChild('last')?.get(0) ?? 0);
  return join([sql`${milliseconds} > ${last - lastSeconds * 1000}`, ...before], ' AND ');
}
