import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { clientName } from './client.ts';
import type { DetectorContext } from './detector.ts';
import { narrowNetwork, wideNetwork } from './network.ts';

/**
 * Makes, once for all detectors that ask, the tables
 * `address_uses` (account, entity, ip, client, asn, queries), a row for each client of an account at an address, and
 * `addresses` (ip, first_entity, last_entity, asn, network, wide_network, is_alone); the networks are NULL where the address
 * has no known form, and an address is alone where no other entity uses it or any other of its network.
 */
export async function createAddresses({ engine, calls, features }: DetectorContext): Promise<void> {
  const given = (column: CanonicalColumn): Sql =>
    calls.columns.has(column) ? calls.present(identifier(column)) : sql`NULL::VARCHAR`;
  await engine.execute(sql`
    CREATE TABLE IF NOT EXISTS address_uses AS
    SELECT account, entity, address AS ip, client, min(asn) AS asn, sum(connected.queries) AS queries
    FROM (SELECT account_id, ${given('ip')} AS address, ${clientName(given('user_agent'))} AS client, ${given('asn')} AS asn, queries
        FROM ${identifier(calls.connections)}) connected
    JOIN ${identifier(features.relation)} USING (account_id)
    WHERE address IS NOT NULL GROUP BY ${join([sql`account`, sql`entity`, sql`address`, sql`client`])}`);
  await engine.execute(sql`
    CREATE TABLE IF NOT EXISTS addresses AS
    WITH each_address AS (
        SELECT ip, min(entity) AS first_entity, max(entity) AS last_entity, min(asn) AS asn FROM address_uses GROUP BY ip),
      placed AS (SELECT *, ${narrowNetwork(sql`ip`)} AS network, ${wideNetwork(sql`ip`)} AS wide_network FROM each_address),
      networks AS (
        SELECT network, min(first_entity) = max(last_entity) AS is_alone FROM placed WHERE network IS NOT NULL GROUP BY network)
    SELECT placed.*, coalesce(networks.is_alone, first_entity = last_entity) AS is_alone
    FROM placed LEFT JOIN networks USING (network)`);
}
