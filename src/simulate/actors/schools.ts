import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { uniform } from '../draw.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Courses on education accounts: made for the course, one starter code, the same exercises, one deadline. */
export function schools(world: World): Actor[] {
  return [
    {
      kind: 'course',
      label: '',
      groups: Math.max(2, world.benignAccounts * 0.0004),
      size: sql`20 + floor(160 * ${uniform(sql`hash(${world.seed}::INTEGER, 'course', g)`)})::INTEGER`,
      columns: participant,
    },
  ];
}

function participant(draw: Draw) {
  const start = sql`floor((${days} - 16) * ${uniform(draw.groupKey('term'))})`;
  const deadline = sql`${start} + 13`;
  return {
    ...person(draw),
    account_type: sql`'education'`,
    payment: sql`CASE WHEN ${draw.chance('pays')} < 0.1 THEN ${draw.memberKey('card')} END`,
    mail_domain: sql`'college' || ${draw.groupKey('domain')} % 1009 || '.edu'`,
    home: draw.groupKey('campus'),
    home_share: sql`0.4 + 0.5 * ${draw.chance('on campus')}`,
    zone_hours: sql`floor(-8 + 17 * ${uniform(draw.groupKey('zone'))})::INTEGER`,
    created_day: sql`${start} + 3 * ${draw.chance('enrols')}`,
    last_day: sql`least(${days}, ${deadline} + 0.5)`,
    deadline_day: deadline,
    daily: sql`4 + 10 * ${draw.chance('diligence')}`,
    voice: sql`'course'`,
    stock_voice: sql`'exercise'`,
    template: draw.groupKey('assignment'),
    frame_share: sql`0.8`,
    frame_count: sql`2`,
    settings: draw.groupKey('starter code'),
    stock: draw.groupKey('exercises'),
    stock_size: sql`60`,
    stock_share: sql`0.5`,
    user_agent: sql`'python-sdk/1.40'`,
    model: sql`'small-4'`,
  };
}
