import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { sharedWorld } from '../support/simulated.ts';

describe('a network of which each account does little', () => {
  const { summary } = sharedWorld({ scenario: 'network' });

  it('has 25,000 accounts, scaled, that send 26 queries a day', () => {
    const queries = summary().campaigns[0]?.queries ?? 0;
    expect(summary().campaigns).toMatchObject([{ name: 'network', accounts: 100 }]);
    expect(Math.abs(queries / (100 * 26 * 28) - 1)).toBeLessThan(0.1);
  });
});

describe('the same network that mixes its harvest into other traffic', () => {
  const { facts, summary } = sharedWorld({ scenario: 'network', evasion: 4 });

  it('harvests with 10 to 30 % of what an account sends, which stays as much', async () => {
    const { calls, least, most } = await facts(sql`
      SELECT sum(calls)::INTEGER AS calls, quantile_cont(share, 0.05)::DOUBLE AS least, quantile_cont(share, 0.95)::DOUBLE AS most
      FROM (SELECT count(*) AS calls, max(campaign_queries) / count(*) AS share FROM calls WHERE label = 'network' GROUP BY account_id)`);
    expect(Math.abs(Number(calls) / (100 * 26 * 28) - 1)).toBeLessThan(0.15);
    expect(Number(least)).toBeGreaterThan(0.07);
    expect(Number(most)).toBeLessThan(0.35);
    const share = (summary().campaigns[0]?.queries ?? 0) / Number(calls);
    expect(Math.abs(share - 0.2)).toBeLessThan(0.03);
  });
});
