import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { AccountFeatures } from '../model/features.ts';

/** Prompts that are looked at in each cluster; enough for a share to be right within a few percent. */
const promptSample = 50_000;

/** What a cluster's calls look like together. */
export interface Profile {
  readonly byDay: readonly { readonly day: string; readonly count: number }[];
  readonly byModel: Readonly<Record<string, number>>;
  /** Calls in each hour of the day UTC, 24 numbers. */
  readonly byHour: readonly number[];
  /** Undefined where the log has no prompt hashes. */
  readonly prompts?: PromptRepeats;
}

/** How prompts repeat, from all calls of a random share of the prompts. */
interface PromptRepeats {
  /** Calls whose prompt the same account sent before, 0..1. */
  readonly withinAccounts: number;
  /** Prompts that two members or more sent, 0..1. */
  readonly betweenAccounts: number;
}

/** Of a queue that is dealt out, next to no prompt comes twice; from here on it is a class, a test set or a stock of prompts. */
const mostBetweenAccounts = 0.05;
const mostWithinAccounts = 0.2;

/** Whether several members send the same prompts; no where the log has none. */
export function sharesPrompts({ prompts }: Profile): boolean {
  return prompts !== undefined && prompts.betweenAccounts > mostBetweenAccounts;
}

/** Whether accounts send their own prompts again; no where the log has none. */
export function repeatsPrompts({ prompts }: Profile): boolean {
  return prompts !== undefined && prompts.withinAccounts > mostWithinAccounts;
}

/** Reads the calls of cluster members once more and sums them up by cluster. `members` is a relation `(cluster, account, account_id)`. */
export async function profile({ engine }: RunContext, calls: Calls, clusterCount: number): Promise<Profile[]> {
  const source = sql`${identifier(calls.relation)} JOIN members USING (account_id)`;
  const model = calls.columns.has('model') ? sql`model` : sql`NULL::VARCHAR`;
  await engine.execute(sql`
    CREATE OR REPLACE TABLE member_hours AS
    SELECT cluster, ${engine.dialect.epochSeconds(sql`timestamp`)} // 3600 AS hour, ${model} AS model,
      ${calls.queries} AS queries
    FROM ${source} GROUP BY ALL`);
  const byDay = await counts(
    engine,
    sql`SELECT cluster, strftime(epoch_ms((hour // 24 * 86400000)::BIGINT), '%Y-%m-%d') AS label, sum(queries) AS queries
        FROM member_hours GROUP BY ALL ORDER BY cluster, label`,
    clusterCount,
  );
  const byModel = await counts(
    engine,
    sql`SELECT cluster, coalesce(${calls.present(sql`model`)}, 'unknown') AS label, sum(queries) AS queries
        FROM member_hours GROUP BY ALL ORDER BY cluster, label`,
    clusterCount,
  );
  const byHour = await counts(
    engine,
    sql`SELECT cluster, (hour % 24)::VARCHAR AS label, sum(queries) AS queries FROM member_hours GROUP BY ALL ORDER BY cluster, label`,
    clusterCount,
  );
  const prompts = calls.columns.has('prompt_hash')
    ? await promptRepeats(engine, calls, source, clusterCount)
    : undefined;
  return byDay.map((days, cluster) => ({
    byDay: [...days].map(([day, count]) => ({ day, count })),
    byModel: Object.fromEntries(byModel[cluster] ?? []),
    byHour: Array.from({ length: 24 }, (_, hour) => byHour[cluster]?.get(String(hour)) ?? 0),
    ...(prompts?.[cluster] === undefined ? {} : { prompts: prompts[cluster] }),
  }));
}

async function counts(engine: RunContext['engine'], query: Sql, clusterCount: number): Promise<Map<string, number>[]> {
  const result = Array.from({ length: clusterCount }, () => new Map<string, number>());
  for (const row of await engine.query(query)) result[row.cluster]?.set(row.label, row.queries);
  return result;
}

/** A prompt is in the sample with all its calls or with none, so that repeats are seen in full. */
async function promptRepeats(
  engine: RunContext['engine'],
  calls: Calls,
  source: Sql,
  clusterCount: number,
): Promise<(PromptRepeats | undefined)[]> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE prompt_sampling AS
    SELECT cluster, greatest(1, sum(queries) // ${promptSample})::UBIGINT AS one_in FROM member_hours GROUP BY cluster`);
  const rows = await engine.query(sql`
    WITH sent AS (
      SELECT cluster, prompt_hash, account, count(*) AS queries
      FROM ${source} JOIN prompt_sampling USING (cluster)
      WHERE prompt_hash IS NOT NULL AND ${engine.dialect.hash(sql`prompt_hash`)} % one_in = 0
      GROUP BY ALL),
    prompts AS (SELECT cluster, prompt_hash, count(*) AS accounts, sum(queries) AS queries FROM sent GROUP BY ALL)
    SELECT cluster, sum(queries - accounts) / sum(queries) AS within_accounts,
      count(*) FILTER (WHERE accounts > 1) / count(*) AS between_accounts
    FROM prompts WHERE ${calls.present(sql`prompt_hash`)} IS NOT NULL GROUP BY cluster`);
  const result: (PromptRepeats | undefined)[] = new Array(clusterCount).fill(undefined);
  for (const row of rows) {
    result[row.cluster] = { withinAccounts: Number(row.within_accounts), betweenAccounts: row.between_accounts };
  }
  return result;
}

/** Makes the relation `members` from the accounts of each cluster. */
export async function storeMembers(
  { engine }: RunContext,
  features: AccountFeatures,
  clusters: readonly Int32Array[],
): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE numbered_members (cluster INTEGER, account INTEGER)`);
  async function* batches() {
    for (const [position, accounts] of clusters.entries()) {
      yield tableFromArrays({ cluster: new Int32Array(accounts.length).fill(position), account: accounts });
    }
  }
  await engine.append('numbered_members', batches());
  await engine.execute(sql`
    CREATE OR REPLACE TABLE members AS
    SELECT cluster, account, account_id FROM numbered_members JOIN ${identifier(features.relation)} USING (account)`);
}
