import { type Sql, sql } from '../engine/sql.ts';
import { address, bursts, exponential, hexadecimal, normal, uniform } from './draw.ts';
import { releaseDay, startDay, type World } from './world.ts';

const random = (number: number): Sql => uniform(sql`h`, sql`${number}::INTEGER`);

/**
 * The accounts' numbers of calls on one day: columns of `accounts`, `calls`, `is_cover` for what a fake account sends beside
 * its campaign, and `h`, a random number of the account's day.
 * Clients from real traces come an hour at a time, with the trace's load in that hour.
 */
export function dailyCalls(world: World, day: number): Sql {
  const alive = sql`greatest(0, least(last_day, ${day + 1}) - greatest(first_day, ${day}))`;
  const weekend = sql`CASE WHEN rhythm = 'human' AND ${day % 7 >= 5} THEN 0.45 WHEN rhythm = 'human' THEN 1.22 ELSE 1 END`;
  const rush = sql`CASE WHEN deadline_day IS NULL THEN 1 ELSE 0.35 + 2.2 * exp(${day} + 1 - deadline_day) END`;
  const burst = sql`CASE WHEN rhythm = 'burst' THEN ${bursts(sql`burst_key`, sql`${day}`)} ELSE 1 END`;
  const mood = sql`exp(day_spread * ${normal(sql`h`, sql`100`)} - day_spread * day_spread / 2)`;
  const living = (purpose: Sql, condition: Sql) => sql`
    (SELECT *, hash(${world.seed}::INTEGER, number, ${day}, ${purpose}) AS h FROM accounts
     WHERE last_day > ${day} AND first_day < ${day + 1} AND ${condition})`;
  // Clients of one trace live in different zones and weeks of it.
  const hour = sql`((t.hour + hash(a.account_id) % 24 + 168 * (hash(a.account_id, 1) % 2))::INTEGER % t.period_hours)`;
  return sql`
    SELECT a.*, NULL::INTEGER AS trace_hour, 1.0 AS variation, false AS is_cover,
      floor(daily * ${alive} * ${weekend} * ${rush} * ${burst} * ${mood} + ${uniform(sql`h`, sql`101`)})::BIGINT AS calls
    FROM ${living(sql`'own'`, sql`rhythm <> 'trace'`)} a
    UNION ALL
    SELECT a.* REPLACE (cover_template AS template, 2 AS template_count, 2 AS template_own, NULL::UBIGINT AS tools, cover_stock AS stock,
        200 AS stock_size, 0.12 AS stock_share, 0.1 AS repeat_share, 'human' AS rhythm, 0.8 AS token_spread,
        0.7 * input_median AS input_median, 0.4 * output_median AS output_median), NULL, 1.0, true,
      floor(daily * cover_share * ${alive} * ${mood} + ${uniform(sql`h`, sql`101`)})::BIGINT
    FROM ${living(sql`'cover'`, sql`cover_share > 0`)} a
    UNION ALL
    SELECT a.*, ${hour} % 24, t.variation, false, floor(daily / 24 * t.load + ${uniform(sql`h`, sql`t.hour`, sql`101`)})::BIGINT
    FROM ${living(sql`'own'`, sql`rhythm = 'trace'`)} a
    JOIN heavy_clients t ON t.client = a.trace AND ${hour} // 24 = ${day} % (t.period_hours // 24)`;
}

/** Second of the day on which each call falls, by the rhythm of its account, within the account's life. */
function secondOfDay(day: number): Sql {
  // A person works in sittings of about five calls, around the middle of the day where they live.
  const sitting = (number: number) => uniform(sql`day_h`, sql`call // 5`, sql`${number}::INTEGER`);
  const step = sql`(call % 5) * 240 * ${sitting(8)} + 60 * ${random(9)}`;
  const human = sql`(((14 - zone_hours + 48 + 3.4 * ${normal(sql`day_h`, sql`call // 5`, sql`7`)}) % 24) * 3600 + ${step}) % 86400`;
  const agent = sql`(86400 * ${sitting(7)} + ${step}) % 86400`;
  const hourly = sql`(call % 24) * 3600 + 45 * ${exponential(sql`h`, sql`10`)}`;
  // Bursts of ten to forty minutes at irregular times; nobody joins all of them.
  const which = sql`hash(day_h, call % 3) % greatest(1, ${bursts(sql`burst_key`, sql`${day}`)})`;
  const burst = sql`83000 * ${uniform(sql`burst_key`, sql`${day}`, which)}
    + (600 + 1800 * ${uniform(sql`burst_key`, sql`${day}`, which, sql`'length'`)}) * ${random(11)}`;
  // Real clients send in clumps: the more their arrivals vary, the fewer clumps an hour.
  const clump = sql`${uniform(sql`day_h`, sql`trace_hour`, sql`floor(${random(12)} * ceil(calls / (1 + variation * variation)))::INTEGER`)}`;
  const trace = sql`trace_hour * 3600 + (3600 * ${clump} + 20 * ${random(13)}) % 3600`;
  return sql`CASE rhythm WHEN 'human' THEN ${human} WHEN 'agent' THEN ${agent} WHEN 'hourly' THEN ${hourly}
    WHEN 'burst' THEN ${burst} WHEN 'trace' THEN ${trace} ELSE 86400 * ${random(14)} END`;
}

/** A second outside the account's life moves to one inside. */
function withinLife(day: number): Sql {
  const from = sql`86400 * greatest(0, first_day - ${day})`;
  const to = sql`86400 * least(1, last_day - ${day})`;
  return sql`CASE WHEN second >= ${from} AND second < ${to} THEN second ELSE ${from} + (${to} - ${from}) * ${random(27)} END`;
}

/** One of the addresses an account has; it moves to others of its pool every few days. */
function callAddress(day: number): Sql {
  const own = sql`hash(number, ${day} // 6, (${random(15)} * pool_own)::INTEGER % pool_own) % pool_size`;
  return sql`CASE WHEN hash(account_id, 'no address') % 200 = 0 THEN NULL
    WHEN home_address IS NOT NULL AND ${random(16)} < home_share THEN home_address
    ELSE ${address(sql`hash(pool, ${own})`)} END`;
}

function tokens(column: 'input' | 'output'): Sql {
  const rank = column === 'input' ? sql`input_median` : sql`output_median`;
  return sql`greatest(1, (${rank} * exp(token_spread * ${normal(sql`h`, sql`${column}`)})))::INTEGER`;
}

function model(day: number): Sql {
  if (day < releaseDay) return sql`model`;
  // People move over within weeks, products within days, the campaign with half of its traffic within one.
  const share = sql`CASE adoption WHEN 'pivot' THEN ${day === releaseDay ? 0.35 : 0.5}
    WHEN 'product' THEN ${Math.min(0.6, 0.08 * (day - releaseDay + 1))} ELSE ${Math.min(0.35, 0.02 * (day - releaseDay + 1))} END`;
  return sql`CASE WHEN ${random(17)} < ${share} THEN 'large-5' ELSE model END`;
}

/** What a call asks: a stock prompt of many, one of the account's own again, or something new. */
function prompt(world: World): Sql {
  return sql`
  CASE WHEN stock IS NOT NULL AND ${random(18)} < stock_share THEN hash(stock, (${random(19)} * stock_size)::INTEGER)
    WHEN ${random(20)} < repeat_share THEN hash(${world.seed}::INTEGER, number, 'again', (${random(21)} * 12)::INTEGER)
    ELSE hash(h, 'prompt') END`;
}

const template: Sql = sql`hash(template, hash(number, (${random(22)} * template_own)::INTEGER % template_own) % template_count)`;

/** People and agents keep a session for a sitting; of the software, half names none. */
const session: Sql = sql`
  CASE WHEN rhythm IN ('human', 'agent') THEN ${hexadecimal(sql`hash(day_h, call // 5, 'session')`)}
    WHEN hash(account_id, 'sessions') % 2 = 0 THEN ${hexadecimal(sql`hash(h, 'session')`)} END`;

/** All calls of one day under canonical names. */
export function callsOfDay(world: World, day: number): Sql {
  return sql`
    WITH day_accounts AS (${dailyCalls(world, day)}),
      each_call AS (SELECT *, unnest(range(calls)) AS call, h AS day_h FROM day_accounts WHERE calls > 0),
      drawn AS (SELECT * REPLACE (hash(h, trace_hour, call) AS h) FROM each_call),
      timed AS (SELECT *, ${secondOfDay(day)} AS second, ${prompt(world)} AS prompt, ${tokens('input')} AS input, ${tokens('output')} AS output FROM drawn),
      placed AS (SELECT * REPLACE (${withinLife(day)} AS second) FROM timed)
    SELECT TIMESTAMP ${sql`${startDay}`} + to_microseconds((1e6 * (86400 * ${day} + second))::BIGINT) AS timestamp,
      account_id, organisation AS org_id, 'key-' || substr(account_id, 6, 8) AS api_key_id, ${session} AS session_id,
      'req-' || ${hexadecimal(sql`hash(h, 'request')`)} AS request_id, ${callAddress(day)} AS ip, country, user_agent, payment_id,
      mail_domain AS email_domain, account_created_at, account_type, account_status, platform, ${model(day)} AS model,
      'messages' AS endpoint,
      CASE WHEN account_status = 'banned' AND ${day} + second / 86400 > last_day - 0.01 THEN 403
        WHEN ${random(23)} < 0.012 THEN 429 WHEN ${random(24)} < 0.006 THEN 500 ELSE 200 END AS status,
      input AS input_tokens, output AS output_tokens,
      (input * CASE WHEN ${random(25)} < cached_share THEN cached_share ELSE 0 END)::INTEGER AS cached_tokens,
      (250 + 0.02 * input + 12 * output * (0.6 + 0.8 * ${random(28)}) + 300 * ${exponential(sql`h`, sql`26`)})::INTEGER AS latency_ms,
      ${hexadecimal(sql`prompt`)} || ${hexadecimal(sql`hash(prompt)`)} AS prompt_hash,
      CASE WHEN template IS NOT NULL THEN ${hexadecimal(template)} END AS system_prompt_hash,
      CASE WHEN tools IS NOT NULL THEN ${hexadecimal(sql`tools`)} END AS tools_hash
    FROM placed`;
}
