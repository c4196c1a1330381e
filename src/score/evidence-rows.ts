import type { Table } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';

/**
 * One row for each value that ties a reported cluster together and each account that uses it, outsiders included: columns
 * `cluster_id`, `detector`, `family`, `value` (raw from the log), `account_id`, `role` (core, fringe or none), `queries` of the
 * account that carry the value, `sharers` (entities that use it) and `population` (entities that have any value of the
 * detector). Needs the relations of `storeReported` and `storeValues`.
 */
export async function evidenceRows(
  { engine }: RunContext,
  features: AccountFeatures,
  evidence: Evidence,
): Promise<Table> {
  const runs = evidence.runs.map(({ id, family }, detector) => sql`(${detector}::INTEGER, ${id}, ${family}::VARCHAR)`);
  return engine.query(sql`
    SELECT r.cluster_id, d.id AS detector, d.family, v.text AS value, a.account_id, coalesce(m.role, 'none') AS role, l.queries,
      v.sharers, v.population
    FROM reported r JOIN cluster_values c USING (cluster) JOIN ${identifier(evidence.relation)} v USING (value)
    JOIN evidence_links l USING (value) JOIN ${identifier(features.relation)} a USING (account)
    JOIN (VALUES ${join(runs)}) d (detector, id, family) ON d.detector = v.detector
    LEFT JOIN reported_accounts m ON m.rank = r.rank AND m.account = l.account
    ORDER BY r.rank, v.detector, v.value, l.account`);
}
