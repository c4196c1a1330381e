import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { createActors, insertActors } from './actor.ts';
import { tlsFingerprint } from './client.ts';
import { hexadecimal } from './draw.ts';
import { actorsOf } from './registry.ts';
import { languageOf } from './text/language.ts';
import { startDay, type World } from './world.ts';

/**
 * Makes the tables `accounts`, a row an account with all that shapes its calls, `customers`, the same for those who call
 * through other people's accounts, and `heavy_clients`.
 */
export async function createAccounts(engine: Engine, world: World): Promise<void> {
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
  await engine.execute(sql`CREATE TABLE accounts AS SELECT *, number AS author FROM (${resolved(world)})`);
  await engine.execute(sql`
    CREATE TABLE customers AS
    SELECT *, (row_number() OVER (ORDER BY number) - 1)::INTEGER AS position FROM accounts WHERE is_customer`);
  await engine.execute(sql`DELETE FROM accounts WHERE is_customer`);
}

/** The actors as their accounts are on record, here and there with something missing. */
function resolved(world: World): Sql {
  const chance = (number: number) => sql`hash(${world.seed}::INTEGER, kind, g, m, ${number}) % 100`;
  return sql`
    SELECT actors.* REPLACE (greatest(first_day, created_day) AS first_day,
        CASE WHEN ${chance(1)} < 3 THEN NULL WHEN ${chance(1)} < 5 THEN 'unknown' ELSE mail_domain END AS mail_domain,
        CASE WHEN ${chance(2)} < 2 THEN NULL ELSE country END AS country,
        CASE WHEN ${chance(3)} < 4 THEN NULL WHEN ${chance(3)} < 5 THEN '-' ELSE user_agent END AS user_agent,
        coalesce(language, ${languageOf(world)}) AS language),
      (row_number() OVER (ORDER BY kind, g, m))::INTEGER AS number,
      'acct_' || ${hexadecimal(sql`hash(${world.seed}::INTEGER, 'account', kind, g, m)`)} AS account_id,
      ${tlsFingerprint(sql`actors.user_agent`, sql`account_id`)} AS tls_fingerprint,
      CASE WHEN payment IS NOT NULL THEN 'pm_' || ${hexadecimal(sql`payment`)} WHEN hash(${world.seed}::INTEGER, kind, g, m) % 5 = 0 THEN 'unknown' END AS payment_id,
      TIMESTAMP ${sql`${startDay}`} + to_seconds((86400 * created_day)::BIGINT) AS account_created_at,
      i.input_tokens AS input_median, o.output_tokens AS output_median
    FROM actors
    JOIN token_lengths i ON i.trace = token_trace AND i.percentile = (2 + 96 * input_rank)::INTEGER
    JOIN token_lengths o ON o.trace = token_trace AND o.percentile = (2 + 96 * output_rank)::INTEGER`;
}

async function loadTable(engine: Engine, table: string, file: string, columns: Sql): Promise<void> {
  const text = await readFile(new URL(`data/${file}`, import.meta.url), 'utf8');
  const rows: string[][] = parse(text, { from: 2 });
  const values = rows.map((row) => sql`(${join(row.map((cell) => sql`${cell}`))})`);
  await engine.execute(sql`CREATE TABLE ${identifier(table)} (${columns})`);
  await engine.execute(sql`INSERT INTO ${identifier(table)} VALUES ${join(values)}`);
}
