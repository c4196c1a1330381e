import { z } from 'zod';
import { identifier, type Sql, sql } from '../../engine/sql.ts';
import { count } from '../../util/text.ts';
import { createAddresses } from '../addresses.ts';
import { correctedSurprise, poissonAtLeast } from '../chance.ts';
import type { Detector } from '../detector.ts';

const params = z.object({
  fewestNetworks: z
    .number()
    .int()
    .min(2)
    .default(12)
    .describe('networks in which an account has addresses of its own; who travels has fewer'),
  timesUsual: z
    .number()
    .min(1)
    .default(8)
    .describe('times as many networks as the median account with as many queries has'),
  expectedFalseNetworks: z
    .number()
    .positive()
    .default(0.01)
    .describe('networks that chance may pass, over all of them'),
});

/**
 * An account rotates if it calls from far more networks (autonomous systems; where the log has none, /16 and /32) than
 * accounts with as many queries, from addresses whose /24 or /48 nobody else uses. So the exits of a VPN, which many use,
 * make no rotation, nor do the many addresses of one mobile carrier. To rotate links nobody. What does are networks that
 * rotating accounts use beyond what their popularity with all others explains.
 */
export const addressRotation: Detector = {
  id: 'address-rotation',
  title: 'Accounts call from ever new addresses in the same unusual networks',
  family: 'network',
  rationale:
    'Residential proxies give each call another household address, which nobody else uses, so that no address is shared. ' +
    'But a pool has its addresses in certain networks, many of them small and remote, and ordinary accounts know two or three.',
  params,
  needs: [['ip']],
  optional: ['asn'],
  fewestQueries: 1,
  population: 'everybody',
  async evidence(context, parameters) {
    const { fewestNetworks, timesUsual, expectedFalseNetworks } = params.parse(parameters);
    await createAddresses(context);
    return sql`
      WITH uses AS MATERIALIZED (
          SELECT account, entity, coalesce(asn, wide_network) AS network,
            coalesce(sum(queries) FILTER (WHERE is_alone), 0) AS queries
          FROM (SELECT account, entity, ip, sum(queries) AS queries FROM address_uses GROUP BY ALL) JOIN addresses USING (ip)
          WHERE coalesce(asn, wide_network) IS NOT NULL GROUP BY ALL),
        rotators AS MATERIALIZED (${rotators(identifier(context.features.relation), fewestNetworks, timesUsual)}),
        compared AS (${popularity})
      SELECT account, 'network:' || network AS value, queries
      FROM uses SEMI JOIN rotators USING (account)
        SEMI JOIN (SELECT network FROM compared
          WHERE ${poissonAtLeast(sql`observed`, sql`expected`)}
            > ${correctedSurprise(sql`(SELECT count(*) FROM compared)`, expectedFalseNetworks)}) USING (network)
      WHERE queries > 0`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} call from ever new addresses in ${count(facts.values, 'network')} ` +
    'that next to no ordinary account uses' +
    (facts.outsiders === 0
      ? ''
      : `; so ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'customers of one proxy service that sells household addresses',
    'devices that roam over many carriers',
  ],
};

/** Accounts (account, entity) with many networks of their own; usual is the median over accounts with half to twice the queries. */
function rotators(accounts: Sql, fewestNetworks: number, timesUsual: number): Sql {
  return sql`
    WITH spread AS (
        SELECT account, entity, floor(log2(greatest(1, a.queries)))::INTEGER AS magnitude, count(*) FILTER (WHERE uses.queries > 0) AS networks
        FROM uses JOIN ${accounts} a USING (account, entity) GROUP BY ALL),
      usual AS (
        SELECT m.magnitude, median(networks) AS networks
        FROM (SELECT DISTINCT magnitude FROM spread) m JOIN spread ON abs(spread.magnitude - m.magnitude) <= 1 GROUP BY ALL)
    SELECT account, entity FROM spread JOIN usual USING (magnitude)
    WHERE spread.networks >= greatest(${fewestNetworks}, ${timesUsual} * usual.networks)`;
}

/**
 * For each network: how many entities rotate over it, and how many would if they chose their networks as everybody else
 * does. One use more than was seen stands for the unseen.
 */
const popularity: Sql = sql`
  WITH counts AS (
      SELECT network, count(DISTINCT uses.entity) FILTER (WHERE r.account IS NOT NULL AND queries > 0) AS observed,
        count(DISTINCT uses.entity) FILTER (WHERE r.account IS NULL) AS ordinary
      FROM uses LEFT JOIN rotators r USING (account) GROUP BY network)
  SELECT network, observed, sum(observed) OVER () * (ordinary + 1) / (sum(ordinary) OVER () + count(*) OVER ()) AS expected
  FROM counts`;
