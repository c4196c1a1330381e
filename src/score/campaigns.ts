import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ReportCluster } from '../model/report.ts';
import type { Scored } from '../model/scored.ts';

/**
 * Marks clusters of `medium` and above that belong to one campaign: they share values (addresses, cards, templates,
 * successions) of which at least half of all sharers are in the two. Alike calls alone join no clusters: two campaigns may
 * be after the same thing. Needs the relation `reported_accounts`.
 */
export async function markCampaigns({ engine }: RunContext, evidence: Evidence, scored: Scored): Promise<Scored> {
  const suspects = scored.clusters.filter((cluster) => cluster.level !== 'low');
  const detectors = [...evidence.runs.keys()].filter((detector) => evidence.runs[detector]?.family !== 'shape');
  if (suspects.length < 2 || detectors.length === 0) return scored;
  const pairs = await engine.query(sql`
    WITH used AS (
      SELECT value, rank, count(*) AS members FROM evidence_links JOIN reported_accounts USING (account)
      WHERE rank <= ${suspects.length} GROUP BY ALL HAVING count(*) > 1)
    SELECT one.rank AS first, other.rank AS second
    FROM used one JOIN used other ON other.value = one.value AND other.rank > one.rank
      JOIN ${identifier(evidence.relation)} v ON v.value = one.value
    WHERE v.detector IN (${join(detectors.map((detector) => sql`${detector}`))}) AND 2 * (one.members + other.members) >= v.sharers
    GROUP BY ALL ORDER BY first, second`);
  const leader = new Map(suspects.map(({ rank }) => [rank, rank]));
  for (const { first, second } of pairs) {
    const [low, high] = [leader.get(first) ?? first, leader.get(second) ?? second].sort((left, right) => left - right);
    for (const [rank, known] of leader) if (known === high) leader.set(rank, low ?? rank);
  }
  return { ...scored, clusters: scored.clusters.map((cluster) => withCampaign(cluster, suspects, leader)) };
}

function withCampaign(
  cluster: ReportCluster,
  suspects: readonly ReportCluster[],
  leader: ReadonlyMap<number, number>,
): ReportCluster {
  const own = leader.get(cluster.rank);
  const parts = suspects.filter(({ rank }) => own !== undefined && leader.get(rank) === own);
  if (parts.length < 2) return cluster;
  return {
    ...cluster,
    campaign: {
      ranks: parts.map(({ rank }) => rank),
      accounts: parts.reduce((sum, part) => sum + part.accounts.count, 0),
      queries: parts.reduce((sum, part) => sum + part.queries.attributed, 0),
    },
  };
}
