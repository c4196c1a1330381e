import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { exponential, pick } from '../draw.ts';
import type { World } from '../world.ts';
import { person, product } from './individuals.ts';

/** Firms, universities and events: many accounts in one place that are just what they seem. */
export function organisations(world: World): Actor[] {
  const accounts = world.benignAccounts * world.density;
  const least = world.lookalikes ? 1 : 0;
  const firms = Math.max(least, accounts * 0.0004);
  return [
    enterprise(world, 'enterprise-declared', firms, (draw) => ({
      organisation: sql`'org-' || ${draw.groupKey('org')} % 1000000007`,
      payment: draw.groupKey('card'),
      mail_domain: sql`'firm' || ${draw.groupKey('domain')} % 1000003 || '.com'`,
    })),
    enterprise(world, 'enterprise-domain', firms, (draw) => ({
      payment: draw.groupKey('card'),
      mail_domain: sql`'firm' || ${draw.groupKey('domain')} % 1000003 || '.com'`,
    })),
    enterprise(world, 'enterprise-nat', firms, (draw) => ({
      mail_domain: sql`'firm' || ${draw.groupKey('domain')} % 1000003 || '.com'`,
    })),
    {
      kind: 'university-lab',
      label: '',
      groups: Math.max(least, accounts * 0.0003),
      size: sql`20 + hash(${world.seed}::INTEGER, g, 'size') % 150`,
      columns: student,
    },
    {
      kind: 'hackathon',
      label: '',
      groups: Math.max(1, accounts * 0.00005),
      size: sql`100 + hash(${world.seed}::INTEGER, g, 'size') % 60`,
      columns: hacker,
    },
    {
      kind: 'reseller',
      label: '',
      groups: Math.max(1, accounts / 20_000),
      size: sql`${Math.min(400, Math.round(world.benignAccounts * 0.02))}`,
      columns: resold,
    },
  ];
}

function enterprise(
  world: World,
  kind: string,
  groups: number,
  own: (draw: Draw) => Readonly<Record<string, ReturnType<typeof sql>>>,
): Actor {
  return {
    kind,
    label: '',
    groups,
    size: sql`15 + hash(${world.seed}::INTEGER, g, ${kind}) % 120`,
    columns: (draw) => ({
      ...person(draw),
      ...own(draw),
      zone_hours: sql`(-8 + 17 * ${draw.group(6)})::INTEGER`,
      country: pick(draw.group(5), ['US', 'DE', 'GB', 'JP', 'IN']),
      home: draw.groupKey('office'),
      home_share: sql`0.75 + 0.2 * ${draw.group(7)}`,
      daily: sql`5 * ${exponential(draw.memberKey('rate'))}`,
      account_type: sql`'team'`,
      system_voice: sql`'product'`,
      // In half of the firms most people use the same popular product.
      template: sql`CASE WHEN ${draw.group(8)} < 0.5 AND ${draw.member(9)} < 0.6
        THEN ${draw.sharedKey('product', sql`8 * ${draw.group(9)}`)} END`,
    }),
  };
}

/** One course: the campus network, one assignment, the same benchmark questions, and a deadline. */
function student(draw: Draw) {
  const deadline = sql`(9 + (18 * ${draw.group(1)})::INTEGER)`;
  return {
    ...person(draw),
    mail_domain: sql`'university' || ${draw.groupKey('domain')} % 1009 || '.edu'`,
    payment: sql`CASE WHEN ${draw.member(1)} < 0.3 THEN ${draw.memberKey('card')} END`,
    account_type: pick(draw.member(4), ['free', 'education']),
    home: draw.groupKey('campus'),
    home_share: sql`0.85`,
    voice: sql`'course'`,
    stock_voice: sql`'exercise'`,
    template: draw.groupKey('assignment'),
    frame_share: sql`0.7`,
    frame_count: sql`3`,
    stock: draw.groupKey('benchmark'),
    stock_size: sql`400`,
    stock_share: sql`0.6`,
    zone_hours: sql`(-8 + 17 * ${draw.group(6)})::INTEGER`,
    // Half of the students have an account already, the rest make one when the assignment is out.
    created_day: sql`CASE WHEN ${draw.member(3)} < 0.5 THEN -600 * ${draw.member(23)} ELSE ${deadline} - 9 + 8 * ${draw.member(23)} END`,
    first_day: sql`${deadline} - 9`,
    last_day: deadline,
    deadline_day: deadline,
    daily: sql`9 * (0.5 + ${draw.member(17)})`,
  };
}

/** One weekend, one Wi-Fi, accounts made within the hour, ideas of all kinds. */
function hacker(draw: Draw) {
  return {
    ...person(draw),
    ...product(draw),
    voice: sql`CASE WHEN ${draw.member(8)} < 0.5 THEN 'product' ELSE 'person' END`,
    template: sql`CASE WHEN ${draw.member(8)} < 0.5 THEN ${draw.sharedKey('product', sql`12 * ${draw.member(9)}`)}
      ELSE ${draw.memberKey('prompt')} END`,
    payment: sql`CASE WHEN ${draw.member(1)} < 0.1 THEN ${draw.memberKey('card')} END`,
    home: draw.groupKey('venue'),
    home_share: sql`0.95`,
    created_day: sql`3 + (20 * ${draw.group(1)})::INTEGER + (9 + ${draw.member(3)}) / 24`,
    first_day: sql`3 + (20 * ${draw.group(1)})::INTEGER + 0.42`,
    last_day: sql`5 + (20 * ${draw.group(1)})::INTEGER + 0.8`,
    daily: sql`20 * (0.3 + ${draw.member(17)})`,
    zone_hours: sql`(-8 + 17 * ${draw.group(6)})::INTEGER`,
  };
}

/** Declares itself as one organisation; what its customers do is as varied as everybody. */
function resold(draw: Draw) {
  return {
    ...person(draw),
    organisation: sql`'org-reseller-' || g`,
    payment: draw.groupKey('card'),
    mail_domain: sql`'reseller' || g || '.io'`,
    daily: sql`12 * ${exponential(draw.memberKey('rate'))}`,
    home: draw.groupKey('egress'),
    home_share: sql`0.2`,
    pool: draw.groupKey('egress'),
    pool_size: sql`16`,
    pool_own: sql`16`,
    rhythm: sql`'flat'`,
  };
}
