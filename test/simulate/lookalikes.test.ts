import { describe, expect, it } from 'vitest';
import { type Sql, sql } from '../../src/engine/sql.ts';
import { sharedWorld } from '../support/simulated.ts';

const kinds = [
  'agent-product',
  'batch-hourly',
  'batch-midnight',
  'build-farm',
  'ci',
  'consultant',
  'course',
  'distillation-customer',
  'distillation-organisation',
  'enterprise-declared',
  'enterprise-domain',
  'enterprise-nat',
  'evaluation-harness',
  'family',
  'gateway',
  'gateway-anonymous',
  'hackathon',
  'judge',
  'launch-day',
  'mobile',
  'nightly-benchmark',
  'orchestrator',
  'privacy-network',
  'release-rush',
  'reseller',
  'security-research',
  'staff-turnover',
  'sub-accounts',
  'support-bot',
  'university-lab',
  'vpn',
];

describe('look-alikes', () => {
  const { facts, summary } = sharedWorld({ scenario: 'lookalikes', benignAccounts: 200 });
  const of = (kind: string, what: Sql) => facts(sql`SELECT ${what} FROM calls WHERE kind = ${kind}`);

  it('have every kind that is known, and no campaign', async () => {
    for (const kind of kinds) expect([kind, (await of(kind, sql`count(*) > 0 AS met`)).met]).toEqual([kind, true]);
    expect(summary().campaigns).toEqual([]);
  });

  it('have a course on education accounts with one assignment, made within days', async () => {
    const course = await of(
      'course',
      sql`count(DISTINCT account_type)::INTEGER AS types, min(account_type) AS type,
        count(DISTINCT system_prompt_hash)::INTEGER AS assignments, count(DISTINCT split_part(email_domain, '.', 2))::INTEGER AS tops`,
    );
    expect(course).toEqual({ types: 1, type: 'education', assignments: 2, tops: 2 });
  });

  it('have one gateway that names its users and one that does not', async () => {
    const users = sql`count(DISTINCT account_id)::INTEGER AS accounts, count(DISTINCT end_user_id) > 50 AS names,
      count(DISTINCT system_prompt_hash) > 50 AS diverse`;
    expect(await of('gateway', users)).toEqual({ accounts: 1, names: true, diverse: true });
    expect(await of('gateway-anonymous', users)).toEqual({ accounts: 1, names: false, diverse: true });
  });

  it('have firms whose many accounts say whose they are', async () => {
    const shares = sql`count(DISTINCT payment_id)::INTEGER AS cards, count(DISTINCT org_id)::INTEGER AS firms,
      count(DISTINCT account_id) > 80 AS many`;
    expect(await of('sub-accounts', shares)).toEqual({ cards: 2, firms: 2, many: true });
  });

  it('have staff that comes as others go, inside one organisation', async () => {
    const { closed, joined } = await of(
      'staff-turnover',
      sql`count(DISTINCT account_id) FILTER (account_status = 'closed')::INTEGER AS closed,
        count(DISTINCT account_id) FILTER (account_created_at > '2026-02-04')::INTEGER AS joined`,
    );
    expect(Number(closed)).toBeGreaterThan(15);
    expect(joined).toBe(closed);
  });

  it('have the same benchmark asked by firms that share nothing else', async () => {
    const { firms, prompts, repeated } = await facts(sql`
      SELECT (SELECT count(DISTINCT payment_id)::INTEGER FROM calls WHERE kind = 'nightly-benchmark') AS firms,
        count(*)::INTEGER AS prompts, avg((accounts > 1)::INTEGER)::DOUBLE AS repeated
      FROM (SELECT count(DISTINCT account_id) AS accounts FROM calls WHERE kind = 'nightly-benchmark'
        GROUP BY prompt_hash HAVING count(*) > 2)`);
    expect(firms).toBe(6);
    expect(prompts).toBeGreaterThan(1000);
    expect(Number(repeated)).toBeGreaterThan(0.2);
  });

  it('have judges that read much and say next to nothing', async () => {
    const { input, output } = await of(
      'judge',
      sql`median(input_tokens)::DOUBLE AS input, median(output_tokens)::DOUBLE AS output`,
    );
    expect(Number(input)).toBeGreaterThan(50 * Number(output));
  });

  it('have a licensed harvest from one account and from one organisation', async () => {
    const harvest = sql`count(DISTINCT account_id)::INTEGER / count(DISTINCT coalesce(org_id, account_id)) AS accounts,
      avg((status = 200)::INTEGER) > 0.9 AS served, count(DISTINCT prompt_hash) / count(*) > 0.95 AS unrepeated`;
    expect(await of('distillation-customer', harvest)).toMatchObject({ accounts: 1, unrepeated: true });
    const { accounts, unrepeated } = await of('distillation-organisation', harvest);
    expect(Number(accounts)).toBeGreaterThanOrEqual(6);
    expect(unrepeated).toBe(true);
  });

  it('have jobs at midnight by unrelated firms', async () => {
    const { late, firms } = await of(
      'batch-midnight',
      sql`max(hour(timestamp))::INTEGER AS late, count(DISTINCT payment_id)::INTEGER AS firms`,
    );
    expect({ late, firms }).toEqual({ late: 0, firms: 2 });
  });

  it('have a build farm that reads from the cache', async () => {
    const { share } = await of('build-farm', sql`sum(cached_tokens) / sum(input_tokens) AS share`);
    expect(Number(share)).toBeGreaterThan(0.95);
  });

  it('have a launch: accounts born within hours at one address, on the fresh model', async () => {
    const launch = await of(
      'launch-day',
      sql`date_diff('hour', min(account_created_at), max(account_created_at)) <= 2 AS burst,
        min(model) = 'large-5' AND max(model) = 'large-5' AS fresh, count(DISTINCT account_id) >= 60 AS many`,
    );
    expect(launch).toEqual({ burst: true, fresh: true, many: true });
  });

  it('have a rush of unrelated applications to the new model', async () => {
    const { share } = await facts(sql`
      SELECT avg((model = 'large-5')::INTEGER)::DOUBLE AS share FROM calls
      WHERE kind = 'release-rush' AND timestamp >= '2026-02-18'`);
    expect(Number(share)).toBeGreaterThan(0.4);
  });

  it('have a research programme that says so and repeats known attacks', async () => {
    const { type, repeated } = await of(
      'security-research',
      sql`min(account_type) AS type, 1 - count(DISTINCT prompt_hash) / count(*) AS repeated`,
    );
    expect(type).toBe('security-research');
    expect(Number(repeated)).toBeGreaterThan(0.4);
  });

  it('have strangers by the dozen behind the addresses of one privacy network', async () => {
    const { most } = await facts(sql`
      SELECT max(accounts)::INTEGER AS most FROM
        (SELECT count(DISTINCT account_id) AS accounts FROM calls WHERE kind = 'privacy-network' GROUP BY ip)`);
    expect(most).toBeGreaterThan(10);
  });
});
