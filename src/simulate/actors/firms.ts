import { type Sql, sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { uniform } from '../draw.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Firms with many accounts that say whose they are: sub-accounts of one service, and staff that comes and goes. */
export function firms(world: World): Actor[] {
  const size = (kind: string, least: number, more: number): Sql =>
    sql`${least} + floor(${more} * ${uniform(sql`hash(${world.seed}::INTEGER, ${kind}, g)`)})::INTEGER`;
  const groups = Math.max(2, world.benignAccounts * 0.0003);
  return [
    { kind: 'sub-accounts', label: '', groups, size: size('sub-accounts', 40, 80), columns: subAccount },
    {
      kind: 'staff-turnover',
      label: '',
      groups,
      size: sql`2 * (${size('staff-turnover', 10, 30)})`,
      columns: employee,
    },
  ];
}

function owner(draw: Draw) {
  return {
    organisation: sql`'org-' || ${draw.groupKey('org')} % 1000000007`,
    payment: draw.groupKey('card'),
    mail_domain: sql`'company' || ${draw.groupKey('domain')} % 1000003 || '.com'`,
    account_type: sql`'team'`,
  };
}

/** One service deals its load out over accounts of its own, evenly. */
function subAccount(draw: Draw) {
  return {
    ...person(draw),
    ...owner(draw),
    created_day: sql`-400 * ${draw.chance('age')}`,
    last_day: sql`${days}`,
    account_status: sql`'active'`,
    rhythm: sql`'flat'`,
    daily: sql`15`,
    day_spread: sql`0.1`,
    home_share: sql`0`,
    pool: draw.groupKey('egress'),
    pool_size: sql`4`,
    pool_own: sql`4`,
    voice: sql`'service'`,
    language: sql`'en'`,
    template: draw.groupKey('service'),
    template_count: sql`4`,
    template_own: sql`4`,
    tools: draw.groupKey('tools'),
    frame_share: sql`0.9`,
    settings: draw.groupKey('settings'),
    stock_share: sql`0`,
    token_spread: sql`0.5`,
    input_rank: uniform(draw.groupKey('input')),
    output_rank: uniform(draw.groupKey('output')),
    cached_share: sql`0.8`,
    user_agent: sql`'node-sdk/4.2'`,
  };
}

/** Every desk has two people in the month: when one leaves, the account is closed and the next has one the same day. */
function employee(draw: Draw) {
  const left = sql`(m % 2 = 0)`;
  const change = sql`(3 + ${days - 6} * ${uniform(sql`hash(${draw.groupKey('desk')}, m // 2)`)})`;
  return {
    ...person(draw),
    ...owner(draw),
    created_day: sql`CASE WHEN ${left} THEN -500 * ${draw.chance('age')} ELSE ${change} + 0.1 END`,
    first_day: sql`CASE WHEN ${left} THEN 0 ELSE ${change} + 0.1 + 0.5 * ${draw.chance('begins')} END`,
    last_day: sql`CASE WHEN ${left} THEN ${change} ELSE ${days} END`,
    account_status: sql`CASE WHEN ${left} THEN 'closed' ELSE 'active' END`,
    home: draw.groupKey('office'),
    home_share: sql`0.8`,
    zone_hours: sql`floor(-8 + 17 * ${uniform(draw.groupKey('zone'))})::INTEGER`,
    system_voice: sql`'employee'`,
    template: draw.groupKey('assistant'),
    daily: sql`4 + 12 * ${draw.chance('rate')}`,
  };
}
