import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { DayCount } from '../model/report.ts';

/**
 * By rank and day, how many members made their last call that day and were refused (401 or 403): the trace that a ban leaves.
 * Undefined where the log has no status. Needs the relation `exhibit_places`.
 */
export async function lastRefusals({ engine }: RunContext, calls: Calls): Promise<Map<number, DayCount[]> | undefined> {
  if (!calls.columns.has('status')) return undefined;
  const rows = await engine.query(sql`
    WITH ends AS (
      SELECT rank, account, max(timestamp) AS last, max(timestamp) FILTER (WHERE status IN (401, 403)) AS refused
      FROM ${identifier(calls.relation)} JOIN exhibit_places USING (account_id) GROUP BY rank, account)
    SELECT rank, strftime(last, '%Y-%m-%d') AS day, count(*)::DOUBLE AS count FROM ends
    WHERE refused = last GROUP BY ALL ORDER BY rank, day`);
  const found = new Map<number, DayCount[]>();
  for (const { rank, day, count } of rows) found.set(rank, [...(found.get(rank) ?? []), { day, count }]);
  return found;
}
