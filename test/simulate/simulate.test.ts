import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Sql, sql } from '../../src/engine/sql.ts';
import { readLabels } from '../../src/evaluate/labels.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { SimulateSummary } from '../../src/simulate/truth.ts';
import type { SimulateOptions } from '../../src/simulate/world.ts';
import { InputError } from '../../src/util/errors.ts';
import { withDirectory, withEngine } from '../support/world.ts';

type Options = Omit<SimulateOptions, 'directory'>;

const tiny: Options = { scenario: 'seed', scale: 0.002, seed: 7, benignAccounts: 300, format: 'parquet' };

function write(directory: string, options: Options, threads = 2): Promise<SimulateSummary> {
  return openDuckdb({ threads, memoryLimit: '1GB', tempDirectory: tmpdir() }).then(async (engine) => {
    try {
      return await simulate(engine, { ...options, directory }, () => {});
    } finally {
      await engine.close();
    }
  });
}

const callsIn = (directory: string): Sql => sql`read_parquet(${join(directory, 'calls/*.parquet')})`;

async function first(engine: Engine, statement: Sql): Promise<Record<string, unknown>> {
  const table: Table = await engine.query(statement);
  return table.get(0)?.toJSON() ?? {};
}

/** Number of calls, and a sum over all their columns that their order does not change. */
function fingerprint(directory: string): Promise<Record<string, unknown>> {
  return withEngine((engine) =>
    first(
      engine,
      sql`SELECT count(*)::INTEGER AS calls, bit_xor(hash(c))::VARCHAR AS sum FROM ${callsIn(directory)} c`,
    ),
  );
}

describe('a tiny world', () => {
  let directory = '';
  let summary: SimulateSummary;
  let engine: Engine;
  let finish: () => void = () => {};
  let gone: Promise<void>;

  beforeAll(async () => {
    await new Promise<void>((ready, fail) => {
      gone = withDirectory(async (path) => {
        directory = join(path, 'world');
        summary = await write(directory, tiny);
        engine = await openDuckdb({ threads: 2, memoryLimit: '1GB', tempDirectory: tmpdir() });
        await engine.execute(sql`CREATE VIEW calls AS SELECT * FROM ${callsIn(directory)}`);
        await engine.execute(
          sql`CREATE VIEW labels AS SELECT * FROM read_csv(${join(directory, 'labels.csv')}, all_varchar = true)`,
        );
        ready();
        await new Promise<void>((done) => {
          finish = done;
        });
        await engine.close();
      });
      gone.catch(fail);
    });
    // Far above what a world takes on an idle machine.
  }, 120_000);

  afterAll(async () => {
    finish();
    await gone;
  });

  it('is a file a day and nothing half-written', () => {
    expect(readdirSync(directory).sort()).toEqual(['calls', 'labels.csv', 'truth.json']);
    const files = readdirSync(join(directory, 'calls')).sort();
    expect(files).toHaveLength(28);
    expect([files[0], files[27]]).toEqual(['day-01.parquet', 'day-28.parquet']);
  });

  it('has campaigns of the disclosed sizes, scaled', () => {
    expect(summary.campaigns.map(({ name, accounts }) => [name, accounts])).toEqual([
      ['campaign-1', 38],
      ['campaign-2', 9],
      ['campaign-3', 5],
    ]);
    const queries = summary.campaigns.map((campaign) => campaign.queries);
    const disclosed = [26_200, 7_116, 1_071];
    queries.forEach((number, position) => {
      expect(Math.abs(number / (disclosed[position] ?? 0) - 1)).toBeLessThan(0.25);
    });
  });

  it('labels every account, with its true number of campaign queries', async () => {
    const labels = readLabels(readFileSync(join(directory, 'labels.csv'), 'utf8'), 'labels.csv');
    expect(labels).toHaveLength(summary.accounts);
    expect(labels.every((label) => label.kind !== '')).toBe(true);
    await engine.execute(
      sql`CREATE TEMP TABLE counts AS
          SELECT l.label, l.queries::BIGINT AS own, c.queries AS all_queries FROM labels l
          FULL JOIN (SELECT account_id, count(*) AS queries FROM calls GROUP BY 1) c USING (account_id)`,
    );
    const facts = await first(
      engine,
      sql`SELECT count(*) FILTER (own IS NULL OR all_queries IS NULL OR own > all_queries)::INTEGER AS wrong,
            count(*) FILTER (label IS NULL AND own > 0)::INTEGER AS honest_with_campaign, sum(own)::INTEGER AS own,
            sum(all_queries) FILTER (label IS NOT NULL) > 1.05 * sum(own) AS other_traffic FROM counts`,
    );
    const own = summary.campaigns.reduce((sum, campaign) => sum + campaign.queries, 0);
    expect(facts).toEqual({ wrong: 0, honest_with_campaign: 0, own, other_traffic: true });
    expect(JSON.parse(readFileSync(join(directory, 'truth.json'), 'utf8'))).toEqual(summary);
  });

  it('has every kind of honest account', () => {
    const kinds = new Set(readLabels(readFileSync(join(directory, 'labels.csv'), 'utf8'), '').map(({ kind }) => kind));
    for (const kind of ['individual', 'application', 'hackathon', 'ci', 'support-bot', 'reseller', 'heavy-client'])
      expect(kinds).toContain(kind);
  });

  it('has missing values, and no call outside the window, before its account or with a request id twice', async () => {
    const facts = await first(
      engine,
      sql`SELECT count(*) FILTER (payment_id IS NULL) > 0 AS unpaid, count(*) FILTER (payment_id = 'unknown') > 0 AS unknown,
            count(*) FILTER (session_id IS NULL) > 0 AS no_session, count(*) FILTER (org_id IS NULL) > 0 AS no_organisation,
            count(*) FILTER (timestamp < account_created_at)::INTEGER AS unborn,
            count(*) FILTER (timestamp < '2026-02-02' OR timestamp >= '2026-03-02')::INTEGER AS outside,
            (count(*) - count(DISTINCT request_id))::INTEGER AS twice FROM calls`,
    );
    expect(facts).toEqual({
      unpaid: true,
      unknown: true,
      no_session: true,
      no_organisation: true,
      unborn: 0,
      outside: 0,
      twice: 0,
    });
  });

  it('gives no single plain column away: what fake accounts have, honest ones have too', async () => {
    for (const column of [sql`account_type`, sql`platform`, sql`email_domain`, sql`country`, sql`account_status`]) {
      const found = await engine.query(
        sql`SELECT ${column} AS value FROM calls JOIN labels USING (account_id) WHERE ${column} IS NOT NULL
            GROUP BY 1 HAVING count(*) FILTER (label IS NULL) = 0 ORDER BY 1`,
      );
      expect([column.text, found.toArray().map((row) => row.value)]).toEqual([column.text, []]);
    }
  });

  it('is in the order of time within a day', async () => {
    const day = await engine.query(
      sql`SELECT epoch_ms(timestamp) AS at FROM read_parquet(${join(directory, 'calls/day-03.parquet')}, file_row_number = true)
          ORDER BY file_row_number`,
    );
    const times = day.toArray().map((row) => Number(row.at));
    expect(times).toEqual([...times].sort((left, right) => left - right));
  });

  it('is the same again from the same seed, on any number of threads', () =>
    withDirectory(async (path) => {
      await write(join(path, 'again'), tiny, 1);
      await write(join(path, 'other'), { ...tiny, seed: 8 });
      expect(await fingerprint(join(path, 'again'))).toEqual(await fingerprint(directory));
      expect(await fingerprint(join(path, 'other'))).not.toEqual(await fingerprint(directory));
    }));
});

describe('options', () => {
  it('writes honest accounts alone, as CSV, where asked', () =>
    withDirectory(async (path) => {
      const directory = join(path, 'world');
      const summary = await write(directory, { ...tiny, scenario: 'benign', benignAccounts: 100, format: 'csv' });
      expect(summary.campaigns).toEqual([]);
      const header = readFileSync(join(directory, 'calls/day-01.csv'), 'utf8').split('\n', 1)[0];
      expect(header).toMatch(/^timestamp,account_id,org_id,/);
      expect(readFileSync(join(directory, 'labels.csv'), 'utf8')).not.toContain('campaign-');
    }));

  it('leaves out the columns named, and nothing else changes', () =>
    withDirectory(async (path) => {
      await write(join(path, 'all'), { ...tiny, format: 'csv' });
      await write(join(path, 'less'), { ...tiny, format: 'csv', without: ['org_id', 'request_id', 'template_hash'] });
      const [all, less] = ['all', 'less'].map((name) => readFileSync(join(path, name, 'calls/day-05.csv'), 'utf8'));
      const records = (text = ''): Record<string, string>[] => parse(text, { columns: true });
      const fewer = records(all).map(({ org_id, request_id, template_hash, ...rest }) => rest);
      expect(records(less)).toEqual(fewer);
      expect(Object.keys(fewer[0] ?? {})).toContain('ip');
    }));

  it('leaves nothing behind when it fails on the way', () =>
    withDirectory(async (path) => {
      const directory = join(path, 'world');
      const failing = withEngine((engine) =>
        simulate(engine, { ...tiny, directory }, (event) => {
          if (event.kind !== 'stage' || event.stage !== 'day 3 of 28') return;
          expect(readdirSync(directory)).toEqual(['.unfinished']);
          throw new Error('no more');
        }),
      );
      await expect(failing).rejects.toThrow('no more');
      expect(readdirSync(path)).toEqual([]);
    }));

  it('refuses a directory that holds something', () =>
    withDirectory(async (path) => {
      mkdirSync(join(path, 'world'));
      writeFileSync(join(path, 'world', 'note.txt'), 'mine');
      await expect(write(join(path, 'world'), tiny)).rejects.toThrow(InputError);
      expect(readdirSync(join(path, 'world'))).toEqual(['note.txt']);
    }));
});
