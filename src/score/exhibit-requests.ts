import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import { templateColumns } from '../model/column.ts';
import type { Evidence } from '../model/evidence.ts';
import { carriesOwn } from './own-calls.ts';

const requestsShown = 3;

/**
 * By rank and place, ids of some requests of each member to show: those that carry the cluster's own templates first, and
 * among equals at random. Empty where the log has no request ids. Needs the relations `reported`, `cluster_values` and
 * `exhibit_places`.
 */
export async function exhibitRequests(
  { engine }: RunContext,
  calls: Calls,
  evidence: Evidence,
): Promise<Map<number, Map<number, string[]>>> {
  const found = new Map<number, Map<number, string[]>>();
  if (!calls.columns.has('request_id')) return found;
  const columns = templateColumns.filter((column) => calls.columns.has(column));
  const isOwn = carriesOwn(sql`rank`, columns);
  const draw = sql`${engine.dialect.hash(sql`request_id`)} // 2 + CASE WHEN is_own THEN 0 ELSE 9223372036854775808 END`;
  const rows = await engine.query(sql`
    WITH own AS (
        SELECT DISTINCT r.rank, v.text FROM reported r JOIN cluster_values USING (cluster)
        JOIN ${identifier(evidence.relation)} v USING (value)),
      sent AS (
        SELECT rank, place, request_id, ${isOwn} AS is_own
        FROM ${identifier(calls.relation)} JOIN exhibit_places USING (account_id)
        WHERE place >= 0 AND ${calls.present(sql`request_id`)} IS NOT NULL),
      drawn AS (SELECT rank, place, arg_min(request_id, ${draw}, ${requestsShown}) AS ids FROM sent GROUP BY rank, place)
    SELECT rank, place, unnest(ids) AS id, unnest(range(len(ids))) AS position FROM drawn ORDER BY rank, place, position`);
  for (const { rank, place, id } of rows) {
    const places = found.get(rank) ?? new Map<number, string[]>();
    found.set(rank, places.set(place, [...(places.get(place) ?? []), id]));
  }
  return found;
}
