import { type Sql, sql } from '../engine/sql.ts';
import { bursts, chance, exponential, normal, random, uniform } from './draw.ts';

/** Second of the day on which each call falls, by the rhythm of its account, within the account's life. */
export function secondOfDay(day: number): Sql {
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
  const nightly = sql`(3600 * (start_hour + run_hours * ${chance('nightly')}) + 20 * ${chance('delay')}) % 86400`;
  // Real clients send in clumps: the more their arrivals vary, the fewer clumps an hour.
  const clump = sql`${uniform(sql`day_h`, sql`trace_hour`, sql`floor(${random(12)} * ceil(calls / (1 + variation * variation)))::INTEGER`)}`;
  const trace = sql`trace_hour * 3600 + (3600 * ${clump} + 20 * ${random(13)}) % 3600`;
  return sql`CASE rhythm WHEN 'human' THEN ${human} WHEN 'agent' THEN ${agent} WHEN 'hourly' THEN ${hourly}
    WHEN 'burst' THEN ${burst} WHEN 'trace' THEN ${trace} WHEN 'nightly' THEN ${nightly} ELSE 86400 * ${random(14)} END`;
}

/** A second outside the account's life moves to one inside. */
export function withinLife(day: number): Sql {
  const from = sql`86400 * greatest(0, first_day - ${day})`;
  const to = sql`86400 * least(1, last_day - ${day})`;
  return sql`CASE WHEN second >= ${from} AND second < ${to} THEN second ELSE ${from} + (${to} - ${from}) * ${random(27)} END`;
}
