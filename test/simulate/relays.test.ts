import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { sharedWorld } from '../support/simulated.ts';

describe('relays', () => {
  const { facts, summary } = sharedWorld({ scenario: 'relays' });

  it('are three of six accounts, with all they send as their queries', async () => {
    expect(summary().campaigns.map(({ name, accounts }) => [name, accounts])).toEqual([
      ['relay-1', 6],
      ['relay-2', 6],
      ['relay-3', 6],
    ]);
    const { wrong } = await facts(sql`
      SELECT count(*)::INTEGER AS wrong FROM
        (SELECT count(*) AS calls, max(campaign_queries) AS queries FROM calls WHERE label <> '' GROUP BY account_id)
      WHERE calls <> queries`);
    expect(wrong).toBe(0);
    // A fifth of the scale at which a relay has 9,000 queries an account.
    for (const { queries } of summary().campaigns) expect(Math.abs(queries / (6 * 1800) - 1)).toBeLessThan(0.15);
  });

  it('have a card and a proxy for every account', async () => {
    const { cards, proxies } = await facts(sql`
      SELECT count(DISTINCT payment_id)::INTEGER AS cards, count(DISTINCT ip)::INTEGER AS proxies FROM calls WHERE label <> ''`);
    expect([cards, proxies]).toEqual([18, 18]);
  });

  it('keep a session on one account', async () => {
    const { sessions, most } = await facts(sql`
      SELECT count(*)::INTEGER AS sessions, max(accounts)::INTEGER AS most FROM
        (SELECT count(DISTINCT account_id) AS accounts FROM calls WHERE label <> '' AND session_id IS NOT NULL GROUP BY session_id
          HAVING count(*) > 1)`);
    expect(Number(sessions)).toBeGreaterThan(500);
    expect(most).toBe(1);
  });

  it('copy their customers’ clients and put their own product in front of diverse traffic', async () => {
    const relay = await facts(sql`
      SELECT count(DISTINCT user_agent) > 5 AS clients, count(DISTINCT system_prompt_hash)::INTEGER AS prompts,
        count(DISTINCT model) >= 3 AS models, count(DISTINCT (max_tokens, temperature, stream)) > 10 AS parameters,
        count(DISTINCT tls_fingerprint) <= 6 AS one_software
      FROM calls WHERE label = 'relay-1'`);
    expect(relay).toEqual({ clients: true, prompts: 2, models: true, parameters: true, one_software: true });
  });

  it('replace the two accounts they lose within a day', async () => {
    const { banned, late } = await facts(sql`
      WITH life AS (SELECT account_id, any_value(account_status) AS status, min(timestamp) AS born, max(timestamp) AS died
          FROM calls WHERE label = 'relay-2' GROUP BY account_id),
        waits AS (SELECT min(next.born - gone.died) AS wait FROM life gone JOIN life next ON next.born > gone.died - INTERVAL 1 HOUR
          WHERE gone.status = 'banned' GROUP BY gone.account_id)
      SELECT count(*)::INTEGER AS banned, count(*) FILTER (wait > INTERVAL 1 DAY)::INTEGER AS late FROM waits`);
    expect({ banned, late }).toEqual({ banned: 2, late: 0 });
  });
});
