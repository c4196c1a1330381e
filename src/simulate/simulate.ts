import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Emit } from '../model/events.ts';
import { InputError, messageOf } from '../util/errors.ts';
import { createActors, insertActors } from './actor.ts';
import { callsOfDay, dailyCalls } from './calls.ts';
import { address, hexadecimal } from './draw.ts';
import { actorsOf } from './registry.ts';
import { days, type SimulateOptions, startDay, type World, worldOf } from './world.ts';

/** What was written. */
export interface SimulateSummary {
  readonly accounts: number;
  readonly queries: number;
  /** `queries` counts what was sent for the campaign; its accounts send other things too. */
  readonly campaigns: readonly { readonly name: string; readonly accounts: number; readonly queries: number }[];
}

/**
 * Writes a labelled world: `calls/day-NN.parquet` (or .csv), a file a day in the order of time; `labels.csv`, a row an
 * account with its campaign, its kind and its number of campaign queries; `truth.json`. Same options, same world.
 */
export async function simulate(engine: Engine, options: SimulateOptions, emit: Emit): Promise<SimulateSummary> {
  const world = worldOf(options);
  await claim(options.directory);
  emit({ kind: 'stage', stage: 'accounts' });
  await createAccounts(engine, world);
  await engine.execute(sql`CREATE TABLE sent (account_id VARCHAR, is_cover BOOLEAN, queries BIGINT)`);
  for (let day = 0; day < days; day += 1) {
    emit({ kind: 'stage', stage: `day ${day + 1} of ${days}` });
    await writeDay(engine, world, day, options);
  }
  return writeTruth(engine, options.directory);
}

/** The directory has to be empty: a second world in it would mix with the first. */
async function claim(directory: string): Promise<void> {
  await mkdir(joinPath(directory), { recursive: true }).catch((cause) => {
    throw new InputError(`${directory}: cannot be made (${messageOf(cause)})`, 'name another directory', cause);
  });
  if ((await readdir(directory)).length > 0) throw new InputError(`${directory} is not empty`, 'name a new directory');
  await mkdir(joinPath(directory, 'calls'));
}

async function createAccounts(engine: Engine, world: World): Promise<void> {
  await loadTable(
    engine,
    'heavy_clients',
    'heavy-clients.csv',
    sql`client INTEGER, period_hours INTEGER, hour INTEGER, load DOUBLE, variation DOUBLE`,
  );
  await loadTable(
    engine,
    'token_lengths',
    'token-lengths.csv',
    sql`trace VARCHAR, percentile INTEGER, input_tokens DOUBLE, output_tokens DOUBLE`,
  );
  const clients = await engine.query(sql`SELECT count(DISTINCT client)::INTEGER AS clients FROM heavy_clients`);
  await engine.execute(createActors);
  for (const actor of actorsOf(world, Number(clients.getChild('clients')?.get(0) ?? 1)))
    await engine.execute(insertActors(world, actor));
  await engine.execute(sql`
    CREATE TABLE accounts AS
    SELECT actors.* REPLACE (greatest(first_day, created_day) AS first_day,
        CASE WHEN hash(${world.seed}::INTEGER, kind, g, m, 1) % 100 < 3 THEN NULL WHEN hash(${world.seed}::INTEGER, kind, g, m, 1) % 100 < 5 THEN 'unknown' ELSE mail_domain END AS mail_domain,
        CASE WHEN hash(${world.seed}::INTEGER, kind, g, m, 2) % 100 < 2 THEN NULL ELSE country END AS country,
        CASE WHEN hash(${world.seed}::INTEGER, kind, g, m, 3) % 100 < 4 THEN NULL WHEN hash(${world.seed}::INTEGER, kind, g, m, 3) % 100 < 5 THEN '-' ELSE user_agent END AS user_agent), (row_number() OVER (ORDER BY kind, g, m))::INTEGER AS number,
      'acct_' || ${hexadecimal(sql`hash(${world.seed}::INTEGER, 'account', kind, g, m)`)} AS account_id,
      CASE WHEN payment IS NOT NULL THEN 'pm_' || ${hexadecimal(sql`payment`)} WHEN hash(${world.seed}::INTEGER, kind, g, m) % 5 = 0 THEN 'unknown' END AS payment_id,
      CASE WHEN home IS NOT NULL THEN ${address(sql`hash(home)`)} END AS home_address,
      TIMESTAMP ${sql`${startDay}`} + to_seconds((86400 * created_day)::BIGINT) AS account_created_at,
      i.input_tokens AS input_median, o.output_tokens AS output_median
    FROM actors
    JOIN token_lengths i ON i.trace = token_trace AND i.percentile = (2 + 96 * input_rank)::INTEGER
    JOIN token_lengths o ON o.trace = token_trace AND o.percentile = (2 + 96 * output_rank)::INTEGER`);
}

async function loadTable(engine: Engine, table: string, file: string, columns: Sql): Promise<void> {
  const text = await readFile(new URL(`data/${file}`, import.meta.url), 'utf8');
  const rows: string[][] = parse(text, { from: 2 });
  const values = rows.map((row) => sql`(${join(row.map((cell) => sql`${cell}`))})`);
  await engine.execute(sql`CREATE TABLE ${identifier(table)} (${columns})`);
  await engine.execute(sql`INSERT INTO ${identifier(table)} VALUES ${join(values)}`);
}

async function writeDay(
  engine: Engine,
  world: World,
  day: number,
  { directory, format }: SimulateOptions,
): Promise<void> {
  await engine.execute(sql`INSERT INTO sent SELECT account_id, is_cover, calls FROM (${dailyCalls(world, day)})`);
  const name = `day-${String(day + 1).padStart(2, '0')}.${format}`;
  const temporary = joinPath(directory, `.${name}.part`);
  const layout = format === 'csv' ? sql`FORMAT csv, HEADER` : sql`FORMAT parquet, COMPRESSION zstd`;
  try {
    await engine.execute(
      sql`COPY (${callsOfDay(world, day)} ORDER BY timestamp, request_id) TO ${temporary} (${layout})`,
    );
    await rename(temporary, joinPath(directory, 'calls', name));
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeTruth(engine: Engine, directory: string): Promise<SimulateSummary> {
  const rows = await engine.query(sql`
    SELECT account_id, label, kind, sum(queries)::DOUBLE AS queries,
      coalesce(sum(queries) FILTER (label <> '' AND NOT is_cover), 0)::DOUBLE AS campaign_queries
    FROM accounts JOIN sent USING (account_id) GROUP BY ALL HAVING sum(queries) > 0 ORDER BY account_id`);
  const lines = ['account_id,label,kind,queries'];
  const campaigns = new Map<string, { name: string; accounts: number; queries: number }>();
  let queries = 0;
  for (const row of rows) {
    lines.push(`${row.account_id},${row.label},${row.kind},${row.campaign_queries}`);
    queries += row.queries;
    if (row.label === '') continue;
    const campaign = campaigns.get(row.label) ?? { name: row.label, accounts: 0, queries: 0 };
    campaign.accounts += 1;
    campaign.queries += row.campaign_queries;
    campaigns.set(row.label, campaign);
  }
  const summary = {
    accounts: rows.numRows,
    queries,
    campaigns: [...campaigns.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
  };
  await writeFile(joinPath(directory, 'labels.csv'), `${lines.join('\n')}\n`);
  await writeFile(joinPath(directory, 'truth.json'), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
