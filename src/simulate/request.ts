import { type Sql, sql } from '../engine/sql.ts';
import { chance, normal, random, uniform } from './draw.ts';
import { popularProduct, productVersions } from './products.ts';
import { releaseDay, type World } from './world.ts';

/** Tokens of a call, spread around the median of its account. */
export function tokens(column: 'input' | 'output'): Sql {
  const median = column === 'input' ? sql`input_median` : sql`output_median`;
  return sql`greatest(1, (${median} * exp(token_spread * ${normal(sql`h`, sql`${column}`)})))::INTEGER`;
}

/** The smallest power of two that no output of an account exceeds: `normal` stays within 3.47. */
export const longestOutput: Sql = sql`pow(2, ceil(log2(output_median * exp(3.47 * token_spread))))::INTEGER`;

/** The model a call asks for, before and after the release of a new one. */
export function model(day: number): Sql {
  if (day < releaseDay) return sql`model`;
  // People move over within weeks, products within days, the campaign with half of its traffic within one.
  const share = sql`CASE adoption WHEN 'pivot' THEN ${day === releaseDay ? 0.35 : 0.5}
    WHEN 'product' THEN ${Math.min(0.6, 0.08 * (day - releaseDay + 1))} ELSE ${Math.min(0.35, 0.02 * (day - releaseDay + 1))} END`;
  return sql`CASE WHEN ${random(17)} < ${share} THEN 'large-5' ELSE model END`;
}

/** Whether a call asks one of the stock prompts. */
export const isStock: Sql = sql`(stock IS NOT NULL AND ${random(18)} < stock_share)`;

/** Whether a call that asks no stock prompt asks one of its author's own again. */
export const isRepeat: Sql = sql`${random(20)} < repeat_share`;

/** What a call asks: a stock prompt of many, one of the author's own again, or something new. */
export function prompt(world: World): Sql {
  return sql`
  CASE WHEN ${isStock} THEN hash(stock, (${random(19)} * stock_size)::INTEGER)
    WHEN ${isRepeat} THEN hash(${world.seed}::INTEGER, author, 'again', (${random(21)} * 12)::INTEGER)
    ELSE hash(h, 'prompt') END`;
}

/** Which of the templates its author has a call uses. */
export const templateNumber: Sql = sql`hash(author, (${random(22)} * template_own)::INTEGER % template_own) % template_count`;

/** The popular product behind which a template hides, or NULL. */
export const disguise: Sql = sql`
  CASE WHEN hidden_share > 0 AND template_number < round(template_count * hidden_share)
    THEN ${popularProduct(uniform(sql`template`, sql`template_number`))} END`;

/** Key of the popular product behind which a template hides, or of what belongs to it. */
export const productKey = (world: World, name: string): Sql =>
  sql`hash(${world.seed}::INTEGER, ${name}, disguise::BIGINT)`;

/** Key of the system prompt; a salted one is another for each account on each day. */
export function systemPrompt(world: World, day: number): Sql {
  const variant = sql`prompt % variants`;
  return sql`
    CASE WHEN template IS NULL THEN NULL
      WHEN disguise IS NOT NULL THEN hash(${productKey(world, 'product')}, hash(number) % ${productVersions})
      WHEN salted THEN hash(template, template_number, ${variant}, number, ${day})
      WHEN variants > 1 THEN hash(template, template_number, ${variant})
      ELSE hash(template, template_number) END`;
}

/** Key of the set of tools. */
export function tools(world: World, day: number): Sql {
  return sql`
    CASE WHEN tools IS NULL THEN NULL WHEN disguise IS NOT NULL THEN ${productKey(world, 'product-tools')}
      WHEN salted THEN hash(tools, number, ${day}) ELSE tools END`;
}

/** Key of the frame into which a prompt is written: one of the system prompt's, else of the stock, else of the author's own. */
export const frame: Sql = sql`
  CASE WHEN hash(prompt, 'framed') % 1000 < 1000 * frame_share
    THEN hash(coalesce(system_prompt, CASE WHEN ${isStock} THEN stock END, hash(author)), 'frame', prompt % frame_count) END`;

/** Key of the parameter set of a call, NULL where the client's defaults are left alone. */
export const settingsKey: Sql = sql`hash(settings, (${chance('settings')} * settings_count)::INTEGER % settings_count)`;

/** Parameters of a call from its key; a limit is never below what the account's longest answer needs. */
export const maxTokens: Sql = sql`
  CASE WHEN settings IS NULL OR settings_key % 10 < 2 THEN NULL
    ELSE greatest(longest_output, [1024, 2048, 4096, 4096, 8192, 8192, 16384, 32000][1 + ((settings_key // 10) % 8)::INTEGER]) END`;

export const temperature: Sql = sql`
  CASE WHEN settings IS NOT NULL THEN [NULL, NULL, NULL, 0::DOUBLE, 0, 0.2, 0.3, 0.5, 0.7, 1][1 + ((settings_key >> 20) % 10)::INTEGER] END`;

export const stream: Sql = sql`CASE WHEN settings IS NULL THEN coalesce(user_agent = 'web', false) ELSE (settings_key >> 30) % 2 = 0 END`;
