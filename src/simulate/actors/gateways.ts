import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { exchangeCustomers } from '../customers.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Declared gateways: one account through which hundreds of customers call; some name their users, some do not. */
export function gateways(world: World): Actor[] {
  const groups = Math.max(1, world.benignAccounts * 0.00005);
  return [
    { kind: 'gateway', label: '', groups, size: sql`1`, columns: (draw) => gateway(draw, true) },
    { kind: 'gateway-anonymous', label: '', groups, size: sql`1`, columns: (draw) => gateway(draw, false) },
  ];
}

function gateway(draw: Draw, namesUsers: boolean) {
  return {
    ...person(draw),
    organisation: sql`'org-' || ${draw.groupKey('org')} % 1000000007`,
    payment: draw.groupKey('card'),
    mail_domain: sql`'gateway' || ${draw.groupKey('domain')} % 1000003 || '.io'`,
    account_type: sql`'api'`,
    created_day: sql`-500 * ${draw.chance('age')}`,
    last_day: sql`${days}`,
    account_status: sql`'active'`,
    home_share: sql`0`,
    pool: draw.groupKey('egress'),
    pool_size: sql`8`,
    pool_own: sql`8`,
    daily: sql`500 + 500 * ${draw.chance('rate')}`,
    resells: sql`true`,
    names_users: sql`${namesUsers}`,
    customer_share: sql`1`,
    customer_seats: sql`60`,
    customer_days: sql`14`,
    customer_count: sql`${exchangeCustomers}`,
  };
}
