import { type Sql, sql } from '../engine/sql.ts';
import type { Draw } from './actor.ts';
import { countries, mailDomains, person } from './actors/individuals.ts';
import { hydraCustomers } from './customers.ts';
import { pick } from './draw.ts';
import type { CampaignSize, World } from './world.ts';

type Columns = Readonly<Record<string, Sql>>;

/** What the accounts of a campaign do to hide at the world's level, each level with all below it. */
export function evade(world: World, size: CampaignSize, draw: Draw): Columns {
  return {
    ...(world.evasion >= 1 ? manyProxies(size) : {}),
    ...(world.evasion >= 2 ? residence(draw, size, sql`m`) : {}),
    ...(world.evasion >= 2 ? { hidden_share: sql`1 / 3` } : {}),
    ...(world.evasion >= 3 ? ownIdentity(draw) : {}),
    ...(world.evasion >= 3 ? ownHours(draw) : {}),
    ...(world.evasion >= 4 ? foreignTraffic(size, world) : {}),
    ...(world.evasion >= 4 ? { salted: sql`true` } : {}),
  };
}

/** Five addresses an account, of which it uses six at a time and others every few days. */
function manyProxies(size: CampaignSize): Columns {
  return { pool_size: sql`${size.accounts * 5}`, pool_own: sql`6` };
}

/** One to four addresses of a member's own, all over the country: devices of people who know nothing of it. */
export function residence(draw: Draw, size: CampaignSize, member: Sql): Columns {
  return {
    pool: draw.sharedKey(`${size.label} residence`, member),
    pool_size: sql`CASE WHEN ${draw.chance('moves')} < 0.6 THEN 1 ELSE 2 + floor(3 * ${draw.chance('addresses')})::INTEGER END`,
    pool_own: sql`4`,
  };
}

/** Cards, mail and places of the accounts' own, as mixed as everybody's. */
function ownIdentity(draw: Draw): Columns {
  return {
    payment: sql`CASE WHEN ${draw.chance('pays')} < 0.8 THEN ${draw.memberKey('card')} END`,
    mail_domain: pick(draw.member(2), mailDomains),
    country: pick(draw.member(5), countries),
  };
}

/** A person's day in the zone that the account claims, and turns taken at random. */
function ownHours(draw: Draw): Columns {
  return {
    rhythm: sql`'human'`,
    zone_hours: person(draw).zone_hours,
    serve_share: sql`0.4 + 0.4 * ${draw.chance('serves')}`,
    day_spread: sql`0.4`,
  };
}

/** Beside two queries of the campaign, one of somebody else's; the network has a share of its own. */
function foreignTraffic(size: CampaignSize, world: World): Columns {
  return {
    cover_share: sql`0`,
    ...(size.label === 'network' ? {} : { customer_share: sql`0.5` }),
    customer_count: sql`${hydraCustomers(world)}`,
  };
}
