import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { exponential, pick } from '../draw.ts';
import { popularProduct, productAgent, productVersions } from '../products.ts';
import { days, type World } from '../world.ts';

export const countries = ['US', 'IN', 'DE', 'BR', 'GB', 'JP', 'FR', 'KR', 'CA', 'AU', 'SG', 'ID', 'PL'] as const;

export const mailDomains = [
  'gmail.com',
  'outlook.com',
  'icloud.com',
  'yahoo.com',
  'proton.me',
  'gmx.de',
  'qq.com',
  'hotmail.com',
  'mail.ru',
] as const;

/** Own machine, own hours, own questions; some through a popular product, some on a mobile carrier or behind a VPN. */
export function individuals(world: World): Actor[] {
  return [
    {
      kind: 'individual',
      label: '',
      groups: world.benignAccounts * 0.412,
      size: sql`1`,
      columns: (draw) => person(draw),
    },
    {
      kind: 'agent-product',
      label: '',
      groups: world.benignAccounts * 0.22,
      size: sql`1`,
      columns: (draw) => ({ ...person(draw), ...product(draw) }),
    },
    {
      kind: 'mobile',
      label: '',
      groups: world.benignAccounts * 0.08,
      size: sql`1`,
      columns: (draw) => ({ ...person(draw), ...carrier(draw, world) }),
    },
    {
      kind: 'vpn',
      label: '',
      groups: world.benignAccounts * 0.02,
      size: sql`1`,
      columns: (draw) => ({ ...person(draw), ...tunnel(draw) }),
    },
    {
      kind: 'consultant',
      label: '',
      groups: world.benignAccounts * 0.005 * world.density,
      size: sql`2`,
      columns: (draw) => household(draw),
    },
    {
      kind: 'family',
      label: '',
      groups: world.benignAccounts * 0.006 * world.density,
      size: sql`2 + hash(${world.seed}::INTEGER, g) % 4`,
      columns: (draw) => household(draw),
    },
  ];
}

/** The behaviour of one person; other kinds change parts of it. */
export function person(draw: Draw) {
  return {
    ...life(draw),
    payment: sql`CASE WHEN ${draw.member(1)} < 0.55 THEN ${draw.memberKey('card')} END`,
    mail_domain: pick(draw.member(2), mailDomains),
    account_type: pick(draw.member(4), ['free', 'free', 'free', 'free', 'plus', 'plus', 'api', 'api', 'education']),
    platform: pick(draw.member(27), ['api', 'api', 'api', 'api', 'cloud-a', 'cloud-b']),
    country: pick(draw.member(5), countries),
    zone_hours: sql`(-8 + 17 * ${draw.member(6)})::INTEGER`,
    daily: sql`4.2 * ${exponential(draw.memberKey('rate'))}`,
    home: draw.memberKey('home'),
    home_share: sql`0.9 + 0.1 * ${draw.member(7)}`,
    pool: draw.memberKey('elsewhere'),
    pool_size: sql`3`,
    pool_own: sql`2`,
    template: sql`CASE WHEN ${draw.member(8)} < 0.4 THEN ${draw.memberKey('prompt')} END`,
    // Some questions everybody asks.
    stock: draw.sharedKey('everyday', sql`0`),
    stock_size: sql`500`,
    stock_share: sql`0.05 * ${draw.member(28)}`,
    repeat_share: sql`0.15 * ${draw.member(9)}`,
    input_rank: draw.member(10),
    output_rank: draw.member(11),
    token_trace: pick(draw.member(12), ['conv', 'conv', 'code']),
    cached_share: sql`0.5 * ${draw.member(13)} * ${draw.member(14)}`,
    model: pick(draw.member(15), ['large-4', 'small-4', 'small-4', 'large-3']),
    // More than half leave the parameters as their client sets them.
    settings: sql`CASE WHEN ${draw.chance('customises')} < 0.45 THEN ${draw.memberKey('settings')} END`,
    user_agent: pick(draw.member(16), ['python-sdk/1.40', 'python-sdk/1.38', 'node-sdk/4.2', 'curl/8.5', 'web']),
  };
}

/** Customers come at a steady rate and some leave, a few of them banned for reasons of their own. */
function life(draw: Draw) {
  const created = sql`(${days} - 628 * ${draw.member(3)})`;
  const leaves = draw.member(24);
  return {
    created_day: created,
    last_day: sql`CASE WHEN ${leaves} < 0.08 THEN greatest(0, ${created}) + (${days} - greatest(0, ${created})) * ${draw.member(25)} ELSE ${days} END`,
    account_status: sql`CASE WHEN ${leaves} < 0.006 THEN 'banned' WHEN ${leaves} < 0.05 THEN 'closed' ELSE 'active' END`,
  };
}

/** Uses one of the popular products: the first ones have most of the users. */
export function product(draw: Draw) {
  const number = popularProduct(draw.member(20));
  return {
    template: draw.sharedKey('product', number),
    voice: sql`'product'`,
    template_count: sql`${productVersions}`,
    template_own: sql`${productVersions}`,
    tools: draw.sharedKey('product-tools', number),
    stock: draw.sharedKey('product-stock', number),
    stock_size: sql`200`,
    stock_share: sql`0.12`,
    cached_share: sql`0.6`,
    frame_share: sql`0.25`,
    frame_count: sql`20`,
    settings: draw.sharedKey('product-settings', number),
    settings_count: sql`1`,
    adoption: sql`'product'`,
    user_agent: productAgent(number),
  };
}

function carrier(draw: Draw, world: World) {
  const carriers = Math.max(1, Math.round(world.benignAccounts / 8000));
  return {
    home_share: sql`0.5 * ${draw.member(21)}`,
    pool: draw.sharedKey('carrier', sql`${carriers} * ${draw.member(22)}`),
    pool_size: sql`24`,
    pool_own: sql`6`,
  };
}

/** One of six providers, whose exits are anywhere in the world and change often. */
function tunnel(draw: Draw) {
  return {
    home_share: sql`0.4 * ${draw.member(21)}`,
    pool: draw.sharedKey('tunnel', sql`5 * ${draw.member(22)}`),
    pool_size: sql`60`,
    pool_own: sql`20`,
  };
}

function household(draw: Draw) {
  return {
    ...person(draw),
    payment: draw.groupKey('card'),
    home: draw.groupKey('home'),
    country: pick(draw.group(5), countries),
    zone_hours: sql`(-8 + 17 * ${draw.group(6)})::INTEGER`,
  };
}
