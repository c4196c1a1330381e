import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { autonomousSystem, callAddress, endUser, fingerprint, session, userAgent } from './client.ts';
import { address, exponential, hexadecimal, random } from './draw.ts';
import {
  disguise,
  frame,
  longestOutput,
  maxTokens,
  model,
  prompt,
  settingsKey,
  stream,
  systemPrompt,
  temperature,
  templateNumber,
  tokens,
  tools,
} from './request.ts';
import { withTexts } from './text/compose.ts';
import { secondOfDay, withinLife } from './timing.ts';
import { startDay, type World } from './world.ts';

const untilFirstToken = sql`250 + 0.02 * input + 300 * ${exponential(sql`h`, sql`26`)}`;

/** The id of a call. */
export const requestId: Sql = sql`'req-' || ${hexadecimal(sql`hash(h, 'request')`)}`;

/** The columns that a world is written with, in their order, as SQL over `placed`. */
function columns(day: number): Readonly<Partial<Record<CanonicalColumn, Sql>>> {
  return {
    timestamp: sql`TIMESTAMP ${sql`${startDay}`} + to_microseconds((1e6 * (86400 * ${day} + second))::BIGINT)`,
    account_id: sql`account_id`,
    org_id: sql`organisation`,
    api_key_id: sql`'key-' || substr(account_id, 6, 8)`,
    end_user_id: endUser,
    session_id: session,
    request_id: requestId,
    ip: sql`CASE WHEN address_key IS NOT NULL THEN ${address(sql`address_key`)} END`,
    asn: autonomousSystem(sql`address_key`),
    country: sql`country`,
    user_agent: userAgent,
    tls_fingerprint: fingerprint,
    payment_id: sql`payment_id`,
    email_domain: sql`mail_domain`,
    account_created_at: sql`account_created_at`,
    account_type: sql`account_type`,
    account_status: sql`account_status`,
    platform: sql`platform`,
    model: model(day),
    endpoint: sql`'messages'`,
    status: sql`
      CASE WHEN account_status = 'banned' AND ${day} + second / 86400 > last_day - 0.01 THEN 403
        WHEN ${random(23)} < 0.012 THEN 429 WHEN ${random(24)} < 0.006 THEN 500 ELSE 200 END`,
    input_tokens: sql`input`,
    output_tokens: sql`output`,
    cached_tokens: sql`(input * CASE WHEN ${random(25)} < cached_share THEN cached_share ELSE 0 END)::INTEGER`,
    latency_ms: sql`(250 + 0.02 * input + 12 * output * (0.6 + 0.8 * ${random(28)}) + 300 * ${exponential(sql`h`, sql`26`)})::INTEGER`,
    ttft_ms: sql`(${untilFirstToken})::INTEGER`,
    max_tokens: maxTokens,
    temperature,
    stream,
    prompt_hash: sql`${hexadecimal(sql`prompt`)} || ${hexadecimal(sql`hash(prompt)`)}`,
    system_prompt_hash: sql`CASE WHEN system_prompt IS NOT NULL THEN ${hexadecimal(sql`system_prompt`)} END`,
    template_hash: sql`CASE WHEN frame IS NOT NULL THEN ${hexadecimal(sql`frame`)} END`,
    tools_hash: sql`CASE WHEN tools IS NOT NULL THEN ${hexadecimal(sql`tools`)} END`,
  };
}

/** The columns of a world with texts, as SQL over `withTexts`: who reads them makes the hashes. */
function textColumns(day: number): Readonly<Partial<Record<CanonicalColumn, Sql>>> {
  const { prompt_hash, system_prompt_hash, template_hash, tools_hash, ...rest } = columns(day);
  return {
    ...rest,
    prompt: sql`prompt_text`,
    system_prompt: sql`system_prompt_text`,
    ...(tools_hash === undefined ? {} : { tools_hash }),
  };
}

/** All calls of one day under canonical names, in the order of time, without the columns named. */
export function callsOfDay(world: World, day: number, without: readonly string[], text: boolean): Sql {
  const written = text ? textColumns(day) : columns(day);
  const all = Object.entries(written).map(([name, value]) => sql`${value} AS ${identifier(name)}`);
  const left = Object.keys(written).filter((name) => !without.includes(name));
  const calls = text ? withTexts(world, placedCalls(world, day)) : placedCalls(world, day);
  return sql`
    WITH calls AS (SELECT ${join(all)} FROM (${calls}))
    SELECT ${join(left.map(identifier))} FROM calls ORDER BY timestamp, request_id`;
}

/** All calls of one day with everything that shapes them; the keys of their texts are `prompt`, `system_prompt`, `frame` and `tools`. */
export function placedCalls(world: World, day: number): Sql {
  return sql`
    WITH each_call AS (SELECT *, unnest(range(calls)) AS call, h AS day_h, ${longestOutput} AS longest_output FROM day_accounts),
      drawn AS (SELECT * REPLACE (hash(h, trace_hour, call) AS h) FROM each_call),
      timed AS (SELECT *, ${secondOfDay(day)} AS second, ${prompt(world)} AS prompt, ${templateNumber} AS template_number,
          ${settingsKey} AS settings_key, ${tokens('input')} AS input, ${tokens('output')} AS output FROM drawn),
      dressed AS (SELECT *, ${disguise} AS disguise, ${callAddress(day)} AS address_key FROM timed),
      asked AS (SELECT * REPLACE (${tools(world, day)} AS tools), ${systemPrompt(world, day)} AS system_prompt FROM dressed)
    SELECT * REPLACE (${withinLife(day)} AS second), ${frame} AS frame FROM asked`;
}

/** The columns that may be left out of a written world: all but those that every log has. */
export const optionalColumns: readonly string[] = [
  ...new Set(Object.keys({ ...columns(0), ...textColumns(0) })),
].filter((name) => name !== 'timestamp' && name !== 'account_id');
