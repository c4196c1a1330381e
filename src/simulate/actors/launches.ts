import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { uniform } from '../draw.ts';
import { days, releaseDay, type World } from '../world.ts';
import { person } from './individuals.ts';
import { application } from './machines.ts';

/** What a new model brings: a launch event whose guests register on the spot, and applications that move over at once. */
export function launches(world: World): Actor[] {
  return [
    {
      kind: 'launch-day',
      label: '',
      groups: Math.max(1, world.benignAccounts * 0.0001),
      size: sql`60 + floor(60 * ${uniform(sql`hash(${world.seed}::INTEGER, 'launch-day', g)`)})::INTEGER`,
      columns: guest,
    },
    {
      kind: 'release-rush',
      label: '',
      groups: Math.max(20, world.benignAccounts * 0.03),
      size: sql`1`,
      columns: (draw) => ({ ...application(draw), model: sql`'large-4'`, adoption: sql`'pivot'` }),
    },
  ];
}

/** One hall, accounts made within two hours, the fresh model, questions of all kinds; most never come back. */
function guest(draw: Draw) {
  const opens = sql`${releaseDay} + 0.3 + 0.3 * ${uniform(draw.groupKey('opening'))}`;
  const created = sql`${opens} + ${draw.chance('arrives')} / 12`;
  return {
    ...person(draw),
    payment: sql`CASE WHEN ${draw.chance('pays')} < 0.1 THEN ${draw.memberKey('card')} END`,
    home: draw.groupKey('hall'),
    home_share: sql`0.9`,
    created_day: created,
    first_day: created,
    last_day: sql`CASE WHEN ${draw.chance('stays')} < 0.3 THEN ${days} ELSE ${opens} + 0.4 END`,
    account_status: sql`'active'`,
    daily: sql`10 + 30 * ${draw.chance('rate')}`,
    model: sql`'large-5'`,
  };
}
