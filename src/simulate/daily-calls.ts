import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { bursts, chance, normal, uniform } from './draw.ts';
import type { World } from './world.ts';

/** What a customer who calls through somebody else's account brings along. */
const customerColumns = [
  'author',
  'tools',
  'stock',
  'stock_size',
  'stock_share',
  'repeat_share',
  'frame_share',
  'frame_count',
  'settings',
  'settings_count',
  'rhythm',
  'zone_hours',
  'token_spread',
  'input_median',
  'output_median',
  'cached_share',
  'model',
  'adoption',
  'user_agent',
  'voice',
  'stock_voice',
  'language',
] as const;

/** What they bring along too, unless the reseller puts its own product in front. */
const replacedColumns = ['template', 'template_count', 'template_own', 'tls_fingerprint', 'system_voice'] as const;

/** Ends what a campaign does to its own requests. */
const undisguised = sql`0 AS hidden_share, false AS salted, 1 AS variants`;

/**
 * The accounts' numbers of calls on one day: columns of `accounts`, `calls`, `is_cover` for what a fake account sends beside
 * its campaign, and `h`, a random number of the account's day. An account has a row for its own calls and one for each
 * other source of calls. Clients from real traces come an hour at a time, with the trace's load in that hour.
 */
export function dailyCalls(world: World, day: number): Sql {
  const sources = [ownCalls(world, day), coverCalls(world, day), customerCalls(world, day), traceCalls(world, day)];
  return sql`SELECT * FROM (${join(sources, ' UNION ALL ')}) WHERE calls > 0`;
}

function living(world: World, day: number, purpose: string, condition: Sql): Sql {
  return sql`
    (SELECT *, hash(${world.seed}::INTEGER, number, ${day}, ${purpose}) AS h FROM accounts
     WHERE last_day > ${day} AND first_day < ${day + 1} AND ${condition})`;
}

const alive = (day: number): Sql => sql`greatest(0, least(last_day, ${day + 1}) - greatest(first_day, ${day}))`;
const mood = sql`exp(day_spread * ${normal(sql`h`, sql`100`)} - day_spread * day_spread / 2)`;
const rounding = uniform(sql`h`, sql`101`);

function ownCalls(world: World, day: number): Sql {
  const weekend = sql`CASE WHEN rhythm = 'human' AND ${day % 7 >= 5} THEN 0.45 WHEN rhythm = 'human' THEN 1.22 ELSE 1 END`;
  const rush = sql`CASE WHEN deadline_day IS NULL THEN 1 ELSE 0.35 + 2.2 * exp(${day} + 1 - deadline_day) END`;
  const burst = sql`CASE WHEN rhythm = 'burst' THEN ${bursts(sql`burst_key`, sql`${day}`)} ELSE 1 END`;
  // Who does not serve every day serves more on the others.
  const serving = sql`CASE WHEN serve_share >= 1 THEN 1 WHEN ${chance('serves')} < serve_share THEN 1 / serve_share ELSE 0 END`;
  return sql`
    SELECT a.*, NULL::INTEGER AS trace_hour, 1.0 AS variation, false AS is_cover,
      floor(daily * ${alive(day)} * ${weekend} * ${rush} * ${burst} * ${mood} * ${serving} + ${rounding})::BIGINT AS calls
    FROM ${living(world, day, 'own', sql`rhythm <> 'trace' AND NOT resells`)} a`;
}

function coverCalls(world: World, day: number): Sql {
  return sql`
    SELECT a.* REPLACE (cover_template AS template, 2 AS template_count, 2 AS template_own, NULL::UBIGINT AS tools, cover_stock AS stock,
        200 AS stock_size, 0.12 AS stock_share, 0.1 AS repeat_share, 'human' AS rhythm, 0.8 AS token_spread,
        0.7 * input_median AS input_median, 0.4 * output_median AS output_median, 0.25 AS frame_share, 20 AS frame_count,
        cover_settings AS settings, 1 AS settings_count, 'product' AS voice, ${undisguised}), NULL, 1.0, true,
      floor(daily * cover_share * ${alive(day)} * ${mood} + ${rounding})::BIGINT
    FROM ${living(world, day, 'cover', sql`cover_share > 0`)} a`;
}

/** A customer of a reseller stays on one account for some days, within which no session changes it. */
function customerCalls(world: World, day: number): Sql {
  const brought = customerColumns.map((name) => sql`c.${identifier(name)} AS ${identifier(name)}`);
  const replaced = replacedColumns.map((name) => {
    const column = identifier(name);
    return sql`CASE WHEN a.fronts THEN a.${column} ELSE c.${column} END AS ${column}`;
  });
  const seats = sql`SELECT *, unnest(range(customer_seats)) AS seat FROM ${living(world, day, 'customers', sql`customer_share > 0`)}`;
  const seated = sql`
    SELECT *, customer_first + hash(hash(number, ${day} // customer_days, seat)) % customer_count AS place,
      floor(daily * customer_share / customer_seats * ${alive(day)} * exp(0.5 * ${normal(sql`hash(h, 'mood')`)} - 0.125) + ${chance('rounding')})::BIGINT AS calls
    FROM (SELECT * REPLACE (hash(h, seat) AS h) FROM (${seats}))`;
  return sql`
    SELECT a.* EXCLUDE (seat, place, calls) REPLACE (${join([...brought, ...replaced])}, ${undisguised}), NULL, 1.0, NOT a.resells, a.calls
    FROM (${seated}) a JOIN customers c ON c.position = a.place`;
}

function traceCalls(world: World, day: number): Sql {
  // Clients of one trace live in different zones and weeks of it.
  const hour = sql`((t.hour + hash(a.account_id) % 24 + 168 * (hash(a.account_id, 1) % 2))::INTEGER % t.period_hours)`;
  return sql`
    SELECT a.*, ${hour} % 24, t.variation, false, floor(daily / 24 * t.load + ${uniform(sql`h`, sql`t.hour`, sql`101`)})::BIGINT
    FROM ${living(world, day, 'own', sql`rhythm = 'trace'`)} a
    JOIN heavy_clients t ON t.client = a.trace AND ${hour} // 24 = ${day} % (t.period_hours // 24)`;
}
