import { z } from 'zod';
import { identifier, sql } from '../../engine/sql.ts';
import { count } from '../../util/text.ts';
import { clientName } from '../client.ts';
import type { Detector } from '../detector.ts';

const params = z.object({
  ordinaryShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .describe('share of all entities; a device that more of them have is an ordinary client and links nobody'),
});

/**
 * A device is a TLS fingerprint together with the client that claims it. Versions are masked in the client's name: people who
 * share an old release share no machine.
 */
export const sharedDevice: Detector = {
  id: 'shared-device',
  title: 'Several accounts connect with the same rare client software',
  family: 'identity',
  rationale:
    'The TLS handshake tells which software calls, whatever it says of itself. A popular SDK with its ordinary fingerprint ' +
    'tells nothing, but a home-made client, or one that claims to be another, is seldom seen with strangers.',
  params,
  needs: [['tls_fingerprint'], ['user_agent']],
  fewestQueries: 2,
  comesWithProduct: true,
  population: 'everybody',
  async evidence({ calls, features }, parameters) {
    const { ordinaryShare } = params.parse(parameters);
    return sql`
      WITH devices AS MATERIALIZED (
        SELECT account, entity, ${calls.present(sql`tls_fingerprint`)} AS fingerprint,
          ${clientName(calls.present(sql`user_agent`))} AS client, sum(c.queries) AS queries
        FROM ${identifier(calls.connections)} c JOIN ${identifier(features.relation)} USING (account_id)
        WHERE fingerprint IS NOT NULL AND client IS NOT NULL GROUP BY ALL),
      ordinary AS (
        SELECT fingerprint, client FROM devices GROUP BY ALL
        HAVING count(DISTINCT entity) > ${ordinaryShare} * (SELECT count(DISTINCT entity) FROM devices))
      SELECT account, 'device:' || fingerprint || ' ' || client AS value, sum(queries) AS queries
      FROM devices ANTI JOIN ordinary USING (fingerprint, client) GROUP BY ALL`;
  },
  explain: (facts) =>
    `${count(facts.accounts, 'account')} of ${count(facts.members)} connect with ${count(facts.values, 'rare kind')} of client` +
    (facts.outsiders === 0
      ? ' that nobody else uses'
      : `, as ${facts.outsiders === 1 ? 'does' : 'do'} ${count(facts.outsiders, 'outside account')}`),
  innocentCauses: [
    'users of one little-known client or of an old system',
    'a firm whose firewall opens and renews all encrypted connections',
  ],
};
