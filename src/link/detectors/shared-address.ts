import { z } from 'zod';
import { type Sql, sql } from '../../engine/sql.ts';
import { count } from '../../util/text.ts';
import { createAddresses } from '../addresses.ts';
import { correctedSurprise, poissonAtLeast } from '../chance.ts';
import type { Detector } from '../detector.ts';

const params = z.object({
  crowd: z
    .number()
    .int()
    .min(2)
    .default(20)
    .describe('entities at one address, from which on those with one client there are told apart from the rest'),
  expectedFalseValues: z
    .number()
    .positive()
    .default(0.01)
    .describe('networks, and clients at crowded addresses, that chance may pass, over all of them'),
});

/**
 * Every call counts for one value only, so that nested evidence is counted once:
 * - at a crowded address, the address together with the client, where more entities there use the client than its
 *   popularity elsewhere explains: a network behind a carrier's or firm's address is not all of its users;
 * - else the address, where several entities use it;
 * - else its network (/24, /48), where more entities have addresses of their own in it than is usual in networks, and in the
 *   wider network around (/16, /32): addresses bought side by side. Neighbours of one provider are usual;
 * - else the address, which links nobody.
 */
export const sharedAddress: Detector = {
  id: 'shared-address',
  title: 'Several accounts call from the same network addresses, or from addresses side by side',
  family: 'network',
  rationale:
    'Networks send their accounts through pools of proxies, each used by many of them. Offices, campuses, mobile carriers ' +
    'and VPNs share addresses as well, so an address counts less the more unrelated accounts use it.',
  params,
  needs: [['ip']],
  optional: ['user_agent'],
  fewestQueries: 2,
  async evidence(context, parameters) {
    const { crowd, expectedFalseValues } = params.parse(parameters);
    await createAddresses(context);
    return sql`
      WITH rare_clients AS (${rareClients(crowd, expectedFalseValues)}),
        dense AS (${denseNetworks(expectedFalseValues)}),
        neighbours AS (SELECT ip, network FROM addresses JOIN dense USING (network) WHERE first_entity = last_entity)
      SELECT account, 'ip:' || coalesce(network, ip || CASE WHEN r.client IS NULL THEN '' ELSE ' with ' || r.client END) AS value,
        sum(queries) AS queries
      FROM address_uses LEFT JOIN neighbours USING (ip) LEFT JOIN rare_clients r USING (ip, client) GROUP BY ALL`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} call from ${count(facts.values, 'shared address or network', 'shared addresses or networks')}` +
    (facts.outsiders === 0
      ? ' that nobody else uses'
      : `, as ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'an office, campus or event behind one address',
    'a mobile carrier, VPN or cloud region whose addresses many customers share',
  ],
};

/** Clients (ip, client) that more entities use at a crowded address than the client's share of all other entities explains. */
function rareClients(crowd: number, expectedFalse: number): Sql {
  return sql`
    WITH crowds AS (
        SELECT ip, count(DISTINCT entity) AS entities
        FROM address_uses SEMI JOIN (SELECT ip FROM addresses WHERE first_entity <> last_entity) USING (ip)
        GROUP BY ip HAVING count(DISTINCT entity) >= ${crowd}),
      popularity AS (SELECT client, count(DISTINCT entity) AS everywhere FROM address_uses GROUP BY client),
      here AS (
        SELECT ip, client, entities, count(DISTINCT entity) AS users
        FROM address_uses JOIN crowds USING (ip) WHERE client IS NOT NULL GROUP BY ALL),
      compared AS (
        SELECT ip, client, users, entities * (everywhere - users + 1)
          / ((SELECT count(DISTINCT entity) FROM address_uses) - entities + 1) AS expected
        FROM here JOIN popularity USING (client))
    SELECT ip, client FROM compared WHERE ${poissonAtLeast(sql`users`, sql`expected`)}
      > ${correctedSurprise(sql`(SELECT count(*) FROM compared)`, expectedFalse)}`;
}

/** Entities of average surroundings that are added to each wider network, so that a nearly empty one is not its own measure. */
const addedEntities = 10;

/**
 * Networks in which more entities have addresses of their own than is usual: an entity's number of neighbours against the
 * mean number in all other networks, and in the others of the same wider network, whichever is larger.
 */
function denseNetworks(expectedFalse: number): Sql {
  const others = (column: Sql, group: Sql) => sql`(sum(${column}) OVER (PARTITION BY ${group}) - ${column})`;
  const pairs = sql`entities * neighbours`;
  return sql`
    WITH occupied AS (
        SELECT network, wide_network, count(DISTINCT first_entity) AS entities, count(DISTINCT first_entity) - 1 AS neighbours
        FROM addresses WHERE first_entity = last_entity AND network IS NOT NULL GROUP BY ALL),
      usual AS (
        SELECT *, (${others(pairs, sql`network LIKE '%/48'`)} + 2) / (${others(sql`entities`, sql`network LIKE '%/48'`)} + 2) AS anywhere
        FROM occupied),
      compared AS (
        SELECT network, neighbours, greatest(anywhere, (${others(pairs, sql`wide_network`)} + ${addedEntities} * anywhere)
          / (${others(sql`entities`, sql`wide_network`)} + ${addedEntities})) AS expected
        FROM usual)
    SELECT network FROM compared WHERE ${poissonAtLeast(sql`neighbours`, sql`expected`)}
      > ${correctedSurprise(sql`(SELECT count(*) FROM compared)`, expectedFalse)}`;
}
