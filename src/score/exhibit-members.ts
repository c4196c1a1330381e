import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { AccountVerdict } from '../model/scored.ts';

const membersShown = 48;

/**
 * Members to show of a cluster, in the order of their first call, as they come: all, or half those with most attributed
 * queries and half spread evenly over the rest, so that the short-lived are seen as well.
 */
export function chooseMembers(members: readonly AccountVerdict[]): AccountVerdict[] {
  if (members.length <= membersShown) return [...members];
  const half = membersShown / 2;
  const largest = new Set(
    [...members]
      .sort((left, right) => right.attributedQueries - left.attributedQueries || left.account - right.account)
      .slice(0, half),
  );
  const rest = members.filter((member) => !largest.has(member));
  const spread = Array.from({ length: half }, (_, step) => rest[Math.floor((step * rest.length) / half)]);
  const chosen = new Set([...largest, ...spread]);
  return members.filter((member) => chosen.has(member));
}

/**
 * Makes the relation `exhibit_places` (rank, account, account_id, place): all members of the clusters shown, those chosen
 * with their position among the chosen, the others at -1.
 */
export async function storePlaces(
  { engine }: RunContext,
  features: AccountFeatures,
  members: readonly (readonly AccountVerdict[])[],
  chosen: readonly (readonly AccountVerdict[])[],
): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE numbered_places (rank INTEGER, account INTEGER, place INTEGER)`);
  async function* batches() {
    for (const [position, accounts] of members.entries()) {
      const places = new Map(chosen[position]?.map(({ account }, place) => [account, place]));
      yield tableFromArrays({
        rank: new Int32Array(accounts.length).fill(position + 1),
        account: Int32Array.from(accounts, ({ account }) => account),
        place: Int32Array.from(accounts, ({ account }) => places.get(account) ?? -1),
      });
    }
  }
  await engine.append('numbered_places', batches());
  await engine.execute(sql`
    CREATE OR REPLACE TABLE exhibit_places AS
    SELECT rank, account, account_id, place FROM numbered_places JOIN ${identifier(features.relation)} USING (account)`);
}
