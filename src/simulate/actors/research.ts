import { sql } from '../../engine/sql.ts';
import type { Actor } from '../actor.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Members of a verified programme who attack the model: the same known attacks, again and again, from many firms. */
export function research(world: World): Actor[] {
  return [
    {
      kind: 'security-research',
      label: '',
      groups: Math.max(5, world.benignAccounts * 0.001),
      size: sql`1`,
      columns: (draw) => ({
        ...person(draw),
        account_type: sql`'security-research'`,
        payment: draw.memberKey('card'),
        mail_domain: sql`'security' || ${draw.memberKey('domain')} % 1000003 || '.com'`,
        created_day: sql`-300 * ${draw.chance('age')}`,
        last_day: sql`${days}`,
        account_status: sql`'active'`,
        rhythm: sql`'agent'`,
        serve_share: sql`0.4`,
        daily: sql`20 + 100 * ${draw.chance('rate')}`,
        voice: sql`'attack'`,
        stock_voice: sql`'attack'`,
        template: draw.memberKey('persona'),
        template_count: sql`20`,
        template_own: sql`20`,
        frame_share: sql`0.6`,
        stock: draw.sharedKey('known attacks', sql`0`),
        stock_size: sql`300`,
        stock_share: sql`0.5`,
        repeat_share: sql`0.3`,
      }),
    },
  ];
}
