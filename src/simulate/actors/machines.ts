import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { exponential, pick } from '../draw.ts';
import { languages } from '../text/voices.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Software that calls on its own: applications, jobs, bots and clients taken from real traces. */
export function machines(world: World, traces: number): Actor[] {
  const accounts = world.benignAccounts;
  return [
    {
      kind: 'application',
      label: '',
      groups: accounts * 0.07,
      size: sql`1`,
      columns: application,
    },
    {
      kind: 'ci',
      label: '',
      groups: accounts * 0.012 * world.density,
      size: sql`1`,
      columns: (draw) => ({
        ...person(draw),
        payment: draw.memberKey('card'),
        rhythm: sql`'hourly'`,
        stock_share: sql`0`,
        daily: sql`24 * (0.8 + 2 * ${draw.member(17)})`,
        day_spread: sql`0.1`,
        home_share: sql`0`,
        pool: draw.sharedKey('cloud', sql`0`),
        pool_size: sql`${Math.max(8, Math.round(accounts / 500))}`,
        pool_own: sql`12`,
        voice: sql`'review'`,
        template: draw.sharedKey('review-product', sql`6 * ${draw.member(18)}`),
        frame_share: sql`1`,
        frame_count: sql`2`,
        settings: draw.sharedKey('review-product-settings', sql`6 * ${draw.member(18)}`),
        repeat_share: sql`0.3`,
        cached_share: sql`0.9`,
      }),
    },
    {
      kind: 'support-bot',
      label: '',
      groups: Math.max(1, accounts * 0.0002 * world.density),
      size: sql`15 + hash(${world.seed}::INTEGER, g, 'clients') % 40`,
      columns: (draw) => ({
        ...person(draw),
        payment: draw.memberKey('card'),
        mail_domain: sql`'client' || ${draw.memberKey('domain')} % 1000003 || '.com'`,
        rhythm: sql`'flat'`,
        stock_share: sql`0`,
        daily: sql`16 * ${exponential(draw.memberKey('rate'))}`,
        home_share: sql`0`,
        pool: draw.groupKey('egress'),
        pool_size: sql`4`,
        pool_own: sql`3`,
        voice: sql`'support'`,
        language: pick(draw.group(10), languages),
        template: draw.groupKey('bot'),
        template_count: sql`4`,
        template_own: sql`1`,
        frame_share: sql`0.8`,
        settings: draw.groupKey('settings'),
        repeat_share: sql`0.2`,
        cached_share: sql`0.8`,
      }),
    },
    {
      kind: 'heavy-client',
      label: '',
      groups: Math.max(1, accounts * 0.003),
      size: sql`1`,
      columns: (draw) => ({
        ...person(draw),
        payment: draw.memberKey('card'),
        account_type: sql`'api'`,
        rhythm: sql`'trace'`,
        stock_share: sql`0`,
        created_day: sql`-600 * ${draw.member(3)}`,
        last_day: sql`${days}`,
        account_status: sql`'active'`,
        trace: sql`(${traces} * ${draw.member(18)})::INTEGER % ${traces}`,
        // Of the mean client; how far each is above or below, its trace says.
        daily: sql`280 * (0.6 + 0.8 * ${draw.member(19)})`,
        voice: sql`'application'`,
        template: draw.memberKey('prompt'),
        frame_share: sql`0.7`,
        settings: draw.memberKey('settings'),
        settings_count: sql`1 + (2 * ${draw.chance('settings count')})::INTEGER`,
        token_trace: pick(draw.member(12), ['conv', 'code']),
        cached_share: draw.member(13),
      }),
    },
  ];
}

/** An application of one customer: prompts and tools of its own, around the clock. */
export function application(draw: Draw) {
  return {
    ...person(draw),
    payment: draw.memberKey('card'),
    account_type: pick(draw.member(4), ['api', 'api', 'team', 'startup']),
    rhythm: sql`'flat'`,
    stock_share: sql`0`,
    daily: sql`20 * ${exponential(draw.memberKey('rate'))}`,
    voice: sql`'application'`,
    template: draw.memberKey('prompt'),
    template_count: sql`3`,
    template_own: sql`3`,
    tools: sql`CASE WHEN ${draw.member(18)} < 0.4 THEN ${draw.memberKey('tools')} END`,
    names_users: sql`${draw.chance('names users')} < 0.3`,
    frame_share: sql`0.9`,
    frame_count: sql`1`,
    settings: draw.memberKey('settings'),
    settings_count: sql`1 + (2 * ${draw.chance('settings count')})::INTEGER`,
    token_spread: sql`0.5`,
    cached_share: sql`0.7 * ${draw.member(13)}`,
  };
}
