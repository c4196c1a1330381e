import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Scored } from '../model/scored.ts';
import { clusterId } from '../util/cluster-id.ts';
import { accountIds } from './account-ids.ts';

/**
 * Makes the relations `reported` (cluster, its number before ranking; rank; cluster_id) and `reported_accounts` (rank,
 * account, account_id, role): the clusters that the report shows. `members` are the accounts of each cluster before ranking.
 */
export async function storeReported(
  { engine }: RunContext,
  features: AccountFeatures,
  members: readonly Int32Array[],
  { clusters, accounts }: Scored,
): Promise<void> {
  const ranks = new Map(clusters.map(({ id, rank }) => [id, rank]));
  const ids = members.map((accounts) => clusterId(accountIds(features, accounts)));
  const shown = [...ids.keys()].filter((cluster) => ranks.has(ids[cluster] ?? ''));
  await engine.execute(sql`CREATE OR REPLACE TABLE reported (cluster INTEGER, rank INTEGER, cluster_id VARCHAR)`);
  async function* numbers() {
    yield tableFromArrays({
      cluster: Int32Array.from(shown),
      rank: Int32Array.from(shown, (cluster) => ranks.get(ids[cluster] ?? '') ?? 0),
      cluster_id: shown.map((cluster) => ids[cluster] ?? ''),
    });
  }
  await engine.append('reported', numbers());
  await engine.execute(sql`CREATE OR REPLACE TABLE reported_roles (rank INTEGER, account INTEGER, role VARCHAR)`);
  async function* roles() {
    yield tableFromArrays({
      rank: Int32Array.from(accounts, ({ clusterId }) => ranks.get(clusterId) ?? 0),
      account: Int32Array.from(accounts, ({ account }) => account),
      role: accounts.map(({ role }): string => role),
    });
  }
  await engine.append('reported_roles', roles());
  await engine.execute(sql`
    CREATE OR REPLACE TABLE reported_accounts AS
    SELECT rank, account, account_id, role FROM reported_roles JOIN ${identifier(features.relation)} USING (account)`);
}
