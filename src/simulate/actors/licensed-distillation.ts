import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Customers who make training data openly: the traffic of a harvest from one account, or from one organisation. */
export function licensedDistillation(world: World): Actor[] {
  const groups = Math.max(2, world.benignAccounts * 0.0001);
  return [
    {
      kind: 'distillation-customer',
      label: '',
      groups,
      size: sql`1`,
      columns: (draw) => ({ ...harvest(draw), daily: sql`400 + 600 * ${draw.chance('rate')}` }),
    },
    {
      kind: 'distillation-organisation',
      label: '',
      groups,
      size: sql`6 + g % 7`,
      columns: (draw) => ({
        ...harvest(draw),
        organisation: sql`'org-' || ${draw.groupKey('org')} % 1000000007`,
        daily: sql`80`,
      }),
    },
  ];
}

function harvest(draw: Draw) {
  return {
    ...person(draw),
    payment: draw.groupKey('card'),
    mail_domain: sql`'datafirm' || ${draw.groupKey('domain')} % 1000003 || '.com'`,
    account_type: sql`'api'`,
    created_day: sql`-300 - 200 * ${draw.chance('age')}`,
    last_day: sql`${days}`,
    account_status: sql`'active'`,
    rhythm: sql`'flat'`,
    day_spread: sql`0.2`,
    home_share: sql`0`,
    pool: draw.groupKey('egress'),
    pool_size: sql`3`,
    pool_own: sql`3`,
    voice: sql`'licensed'`,
    template: draw.groupKey('task'),
    template_count: sql`6`,
    template_own: sql`6`,
    frame_share: sql`1`,
    frame_count: sql`1`,
    settings: draw.groupKey('settings'),
    settings_count: sql`2`,
    stock_share: sql`0`,
    repeat_share: sql`0.002`,
    input_rank: sql`0.7`,
    output_rank: sql`0.9`,
    token_trace: sql`'conv'`,
    token_spread: sql`0.45`,
    model: sql`'large-4'`,
    user_agent: sql`'python-sdk/1.40'`,
  };
}
