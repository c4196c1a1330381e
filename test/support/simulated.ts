import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { type Sql, sql } from '../../src/engine/sql.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import type { SimulateSummary } from '../../src/simulate/truth.ts';
import type { SimulateOptions } from '../../src/simulate/world.ts';
import { withEngine } from './world.ts';

/** A world small enough for a test, with campaigns of 76, 17 and 5 accounts. */
const small = { scenario: 'seed', scale: 0.004, seed: 7, benignAccounts: 300, format: 'parquet' } as const;

/** Far above what a world takes on an idle machine. */
const slowestMs = 120_000;

export interface SimulatedWorld {
  /** Where it is written. */
  readonly directory: string;
  readonly summary: () => SimulateSummary;
  /** The first row of a query over the tables `calls`, with the columns of `labels` beside its own, and `labels`. */
  readonly facts: (statement: Sql) => Promise<Record<string, unknown>>;
}

/** A world that is written before the tests of a `describe` block and gone after them. */
export function sharedWorld(options: Partial<Omit<SimulateOptions, 'directory'>>): SimulatedWorld {
  const parent = mkdtempSync(join(tmpdir(), 'stillhunt-test-'));
  const directory = join(parent, 'world');
  let opened: { engine: Engine; summary: SimulateSummary } | undefined;
  const world = () => {
    if (opened === undefined) throw new Error('the world is not written yet');
    return opened;
  };
  beforeAll(async () => {
    const summary = await withEngine((engine) => simulate(engine, { ...small, ...options, directory }, () => {}));
    const engine = await openDuckdb({ threads: 2, memoryLimit: '1GB', tempDirectory: parent });
    opened = { engine, summary };
    await engine.execute(sql`
      CREATE TABLE labels AS SELECT account_id, label, kind, queries::BIGINT AS campaign_queries
      FROM read_csv(${join(directory, 'labels.csv')}, all_varchar = true)`);
    await engine.execute(sql`
      CREATE TABLE calls AS SELECT * FROM read_parquet(${join(directory, 'calls/*.parquet')}) JOIN labels USING (account_id)`);
  }, slowestMs);
  afterAll(async () => {
    await opened?.engine.close();
    rmSync(parent, { recursive: true, force: true });
  });
  return {
    directory,
    summary: () => world().summary,
    facts: async (statement) => (await world().engine.query(statement)).get(0)?.toJSON() ?? {},
  };
}
