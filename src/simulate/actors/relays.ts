import { type Sql, sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { relayCustomers } from '../customers.ts';
import { pick, uniform } from '../draw.ts';
import { days, type RelaySize, type World } from '../world.ts';
import { mailDomains, person } from './individuals.ts';

/** Accounts of a relay, and how many of them serve at a time. */
const accounts = 6;
const seats = 4;

/** Small relays that resell access: own card and own proxy for every account, their customers' clients copied. */
export function relays(world: World): Actor[] {
  return world.relays.map((relay, position) => ({
    kind: relay.label,
    label: relay.label,
    groups: 1,
    size: sql`${accounts}`,
    columns: (draw) => ({ ...person(draw), ...tenure(draw), ...account(draw), ...trade(draw, relay, position) }),
  }));
}

/** The first two seats lose their account in mid-month; another takes over within half a day. */
function tenure(draw: Draw): Readonly<Record<string, Sql>> {
  const loses = sql`m < ${accounts - seats}`;
  const follows = sql`m >= ${seats}`;
  const banned = sql`(8 + 10 * ${uniform(sql`hash(${draw.groupKey('ban')}, m % ${seats})`)})`;
  return {
    created_day: sql`CASE WHEN ${follows} THEN ${banned} - 5 * ${draw.chance('stock')} ELSE -40 * ${draw.chance('age')} - 1 END`,
    first_day: sql`CASE WHEN ${follows} THEN ${banned} + 0.02 + 0.4 * ${draw.chance('handover')} ELSE 0 END`,
    last_day: sql`CASE WHEN ${loses} THEN ${banned} ELSE ${days} END`,
    account_status: sql`CASE WHEN ${loses} THEN 'banned' ELSE 'active' END`,
  };
}

function account(draw: Draw): Readonly<Record<string, Sql>> {
  return {
    payment: draw.memberKey('card'),
    mail_domain: pick(draw.chance('mail'), mailDomains),
    account_type: pick(draw.chance('type'), ['plus', 'plus', 'api']),
    home_share: sql`0`,
    pool: draw.memberKey('proxy'),
    pool_size: sql`1`,
    pool_own: sql`1`,
    user_agent: sql`'node-sdk/4.2'`,
  };
}

/** Sessions stay on one account; a customer's next one may be on another. All go through the relay's own product. */
function trade(draw: Draw, { queries }: RelaySize, position: number): Readonly<Record<string, Sql>> {
  return {
    daily: sql`${(queries * accounts) / (seats * days)}`,
    day_spread: sql`0.2`,
    resells: sql`true`,
    fronts: sql`true`,
    system_voice: sql`'relay'`,
    template: draw.groupKey('product'),
    template_count: sql`2`,
    template_own: sql`2`,
    customer_share: sql`1`,
    customer_seats: sql`10`,
    customer_days: sql`1`,
    customer_first: sql`${position * relayCustomers}`,
    customer_count: sql`${relayCustomers}`,
  };
}
