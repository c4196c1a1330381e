import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { type SimulatedWorld, sharedWorld } from '../support/simulated.ts';

/** The world of this seed, so that a change of what evasion 0 writes is noticed. */
const asItWas = { calls: 140_520, sum: '15952402325405350159', labels: '1133047752202286117' };

/** Mean number of campaign accounts that share a campaign address, and the most. */
const sharers = sql`
  SELECT avg(accounts)::DOUBLE AS mean, max(accounts)::INTEGER AS most
  FROM (SELECT ip, count(DISTINCT account_id) AS accounts FROM calls
    WHERE label = 'campaign-1' AND ip IS NOT NULL GROUP BY ip)`;

/** Most campaign accounts that share a card. */
const payers = sql`
  SELECT max(accounts)::INTEGER AS most FROM (SELECT count(DISTINCT account_id) AS accounts FROM calls
    WHERE label <> '' AND payment_id <> 'unknown' GROUP BY payment_id)`;

const popular = sql`(SELECT system_prompt_hash FROM calls WHERE kind = 'agent-product' AND system_prompt_hash IS NOT NULL)`;

/** Share of the campaigns' system prompts, beside those of products, that are met on one account and day only. */
const salted = sql`
  SELECT avg((places = 1)::INTEGER)::DOUBLE AS share FROM
    (SELECT count(DISTINCT (account_id, timestamp::DATE)) AS places FROM calls
     WHERE label <> '' AND system_prompt_hash NOT IN ${popular} GROUP BY label, system_prompt_hash)`;

const weekend = sql`
  SELECT avg((isodow(timestamp) >= 6)::INTEGER)::DOUBLE AS share FROM calls WHERE label = 'campaign-1'`;

/** What a harvest is, whatever it hides. */
function staysTrue({ facts, summary }: SimulatedWorld): void {
  it('deals one queue out: next to no prompt is met on two accounts', async () => {
    const { share } = await facts(sql`
      SELECT avg((accounts > 1)::INTEGER)::DOUBLE AS share FROM (SELECT count(DISTINCT account_id) AS accounts
        FROM calls WHERE label = 'campaign-1' GROUP BY prompt_hash)`);
    expect(share).toBeLessThan(0.02);
  });

  it('has the same kinds of task on every account', async () => {
    // Three sets of parameters carry the queue; other traffic brings others.
    const { accounts, users } = await facts(sql`
      WITH kinds AS (SELECT max_tokens, temperature, stream, count(*) AS calls, count(DISTINCT account_id) AS users
          FROM calls WHERE label = 'campaign-2' GROUP BY ALL ORDER BY calls DESC LIMIT 3)
      SELECT (SELECT count(DISTINCT account_id)::INTEGER FROM calls WHERE label = 'campaign-2') AS accounts,
        min(users)::INTEGER AS users FROM kinds`);
    expect(users).toBe(accounts);
  });

  it('replaces banned accounts', async () => {
    const { banned, successors } = await facts(sql`
      SELECT count(DISTINCT account_id) FILTER (account_status = 'banned')::INTEGER AS banned,
        count(DISTINCT account_id) FILTER (account_created_at > '2026-02-04')::INTEGER AS successors
      FROM calls WHERE label = 'campaign-1'`);
    expect(Number(banned)).toBeGreaterThan(30);
    expect(Number(successors)).toBeGreaterThan(30);
  });

  it('labels its own queries, of the disclosed number', async () => {
    const own = summary().campaigns.reduce((sum, { queries }) => sum + queries, 0);
    expect(await facts(sql`SELECT sum(campaign_queries)::INTEGER AS own FROM labels`)).toEqual({ own });
    expect(Math.abs(own / 67_000 - 1)).toBeLessThan(0.1);
  });
}

describe('evasion 0', () => {
  const world = sharedWorld({});
  staysTrue(world);

  it('is the world it was', async () => {
    expect(
      await world.facts(sql`
        SELECT count(*)::INTEGER AS calls,
          bit_xor(hash(timestamp, account_id, org_id, api_key_id, session_id, request_id, ip, country, user_agent,
            payment_id, email_domain, account_created_at, account_type, account_status, platform, model, endpoint, status,
            input_tokens, output_tokens, cached_tokens, latency_ms, prompt_hash, system_prompt_hash, tools_hash))::VARCHAR AS sum,
          bit_xor(hash(account_id, label, kind, campaign_queries))::VARCHAR AS labels FROM calls`),
    ).toEqual(asItWas);
  });

  it('shares cards and proxies, works on weekends and salts nothing', async () => {
    expect((await world.facts(payers)).most).toBeGreaterThan(3);
    expect((await world.facts(sharers)).mean).toBeGreaterThan(10);
    expect((await world.facts(weekend)).share).toBeGreaterThan(0.25);
    expect((await world.facts(salted)).share).toBeLessThan(0.1);
  });
});

describe('evasion 1', () => {
  const { facts } = sharedWorld({ evasion: 1 });

  it('has many proxies, each used by few', async () => {
    expect((await facts(sharers)).mean).toBeLessThan(4);
  });
});

describe('evasion 2', () => {
  const { facts } = sharedWorld({ evasion: 2 });

  it('has one to four addresses of its own for every account', async () => {
    expect(await facts(sharers)).toEqual({ mean: 1, most: 1 });
    const { one, most } = await facts(sql`
      SELECT avg((addresses = 1)::INTEGER)::DOUBLE AS one, max(addresses)::INTEGER AS most
      FROM (SELECT count(DISTINCT ip) AS addresses FROM calls WHERE label <> '' GROUP BY account_id)`);
    expect(most).toBe(4);
    expect(Number(one)).toBeGreaterThan(0.4);
  });

  it('hides a third of its templates behind popular products', async () => {
    // The few calls beside the queue come through products too.
    const { share } = await facts(sql`
      SELECT avg((system_prompt_hash IN ${popular})::INTEGER)::DOUBLE AS share FROM calls
      WHERE label = 'campaign-1' AND system_prompt_hash IS NOT NULL`);
    expect(Number(share)).toBeGreaterThan(0.25);
    expect(Number(share)).toBeLessThan(0.5);
  });
});

describe('evasion 3', () => {
  const { facts } = sharedWorld({ evasion: 3 });

  it('shares no card and has everybody’s mail and countries', async () => {
    expect(await facts(payers)).toEqual({ most: 1 });
    const { mails, countries } = await facts(sql`
      SELECT count(DISTINCT email_domain)::INTEGER AS mails, count(DISTINCT country)::INTEGER AS countries
      FROM calls WHERE label = 'campaign-1'`);
    expect(mails).toBeGreaterThanOrEqual(8);
    expect(countries).toBeGreaterThanOrEqual(10);
  });

  it('has weekends', async () => {
    expect((await facts(weekend)).share).toBeLessThan(0.2);
  });

  it('takes turns at random: most accounts rest on some days, and no day has all of them', async () => {
    const { mean, most, accounts } = await facts(sql`
      WITH served AS (SELECT timestamp::DATE AS day, account_id FROM calls WHERE label = 'campaign-2'
          GROUP BY ALL HAVING count(*) >= 15),
        turns AS (SELECT day, count(*) AS accounts FROM served GROUP BY day)
      SELECT avg(accounts)::DOUBLE AS mean, max(accounts)::INTEGER AS most,
        (SELECT count(DISTINCT account_id)::INTEGER FROM served) AS accounts FROM turns`);
    expect(Number(mean) / Number(accounts)).toBeLessThan(0.8);
    expect(most).toBeLessThan(Number(accounts));
  });
});

describe('evasion 4', () => {
  const world = sharedWorld({ evasion: 4 });
  staysTrue(world);

  it('salts its system prompts for every account and day', async () => {
    // Those that are not alone are the system prompts of other people.
    expect((await world.facts(salted)).share).toBeGreaterThan(0.8);
  });

  it('mixes in half as much again, which the labels leave out', async () => {
    const own = world.summary().campaigns.reduce((sum, { queries }) => sum + queries, 0);
    const { calls } = await world.facts(sql`SELECT count(*)::INTEGER AS calls FROM calls WHERE label <> ''`);
    expect(Math.abs(1 - own / Number(calls) - 1 / 3)).toBeLessThan(0.02);
  });

  it('mixes in all kinds of models and parameters', async () => {
    const { models, parameters } = await world.facts(sql`
      SELECT count(DISTINCT model)::INTEGER AS models, count(DISTINCT (max_tokens, temperature, stream))::INTEGER AS parameters
      FROM calls WHERE label = 'campaign-1'`);
    expect(models).toBe(4);
    expect(parameters).toBeGreaterThan(30);
  });
});

describe('paraphrase', () => {
  const { facts } = sharedWorld({ paraphrase: 10 });

  it('gives every template as many wordings as asked', async () => {
    // A product that nobody else uses here may carry a stray call.
    const { prompts, frames } = await facts(sql`
      SELECT count(DISTINCT system_prompt_hash)::INTEGER AS prompts, count(DISTINCT template_hash)::INTEGER AS frames
      FROM (SELECT * FROM calls WHERE label = 'campaign-1' AND system_prompt_hash NOT IN ${popular}
        QUALIFY count(*) OVER (PARTITION BY system_prompt_hash) > 150)`);
    expect([prompts, frames]).toEqual([160, 160]);
  });
});
