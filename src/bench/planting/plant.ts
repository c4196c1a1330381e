import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { address, uniform } from '../../simulate/draw.ts';
import { fromSender, type Mapping, rank, requestOf, windowSeconds } from './calls.ts';
import { addressesOfMember } from './members.ts';

/**
 * How planted campaigns hide, each with all before it: in the open, with a pool of cards and one of addresses; cards and
 * addresses of the accounts' own; the times of the background's posts, and half of the templates from its posts; as many
 * calls again that repeat calls of the background's accounts.
 */
export const disguises = ['open', 'own cards and addresses', 'background times and templates', 'half foreign'] as const;

/** Templates that a campaign has of its own. */
const ownTemplates = 3;

/** The calls of the members as rows of the log under a mapping. */
export function plantedLog(mapping: Mapping, disguise: number, seed: number): Sql {
  const drawn = sql`
    SELECT members.*, unnest(generate_series(1, calls)) AS turn, is_foreign
    FROM members, (SELECT unnest([${disguise >= 3 ? sql`false, true` : sql`false`}]) AS is_foreign)`;
  const draw = (name: string) =>
    uniform(sql`${seed}::INTEGER`, sql`${name}`, sql`account_id`, sql`turn`, sql`is_foreign`);
  const own = sql`'own ' || account_id`;
  const pooled = (column: Sql) => (disguise >= 1 ? own : sql`campaign || ' ' || ${column}`);
  const addresses = join(Array.from({ length: addressesOfMember }, (_, one) => identifier(`address_${one + 1}`)));
  const borrowed =
    mapping.template_hash === undefined ? own : sql`coalesce(${identifier(mapping.template_hash)}, ${own})`;
  const ownTemplate = sql`campaign || ' template ' || floor(${ownTemplates} * ${draw('template')})::INTEGER`;
  const isBorrowed = disguise >= 2 ? sql`(is_foreign OR ${draw('borrowed')} < 0.5)` : sql`false`;
  return sql`
    WITH drawn AS (${drawn}),
      placed AS (SELECT *, ${rank(draw('post'), 'calls')} AS model_call, ${draw('load')} AS load FROM drawn),
      ranked AS (SELECT row_number() OVER (ORDER BY call) - 1 AS model_call, * EXCLUDE (account_id) FROM calls),
      modelled AS (SELECT placed.*, ranked.* EXCLUDE (model_call, sender, call), CASE WHEN is_foreign THEN sender ELSE campaign || ${` ${seed}`} END AS sender
        FROM placed JOIN ranked USING (model_call)),
      timed AS (
        SELECT modelled.*, (SELECT min(seconds) FROM posts) + second + ${windowSeconds} * ${draw('moment')} AS queue_seconds
        FROM modelled ASOF JOIN windows ON modelled.client = windows.client AND modelled.load >= windows.load_before)
    SELECT make_timestamp((${disguise >= 2 ? sql`seconds` : sql`queue_seconds`} * 1000000)::BIGINT) AS timestamp, account_id,
      'model-' || trace AS model, input_tokens, output_tokens,
      'asked ' || hash(account_id, turn, is_foreign) AS prompt_hash,
      CASE WHEN ${isBorrowed} THEN ${borrowed} ELSE ${ownTemplate} END AS template_hash,
      ${address(sql`hash(${pooled(sql`[${addresses}][1 + floor(${addressesOfMember} * ${draw('address')})::INTEGER]`)})`)} AS ip,
      ${pooled(sql`card`)} AS payment_id, ${own} AS tls_fingerprint, 'client' AS user_agent
    FROM (SELECT timed.*, ${requestOf(draw('tokens'))} FROM timed ${fromSender}) JOIN tokens USING (trace, rank)`;
}
