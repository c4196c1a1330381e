import { type Sql, sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { bursts, pick } from '../draw.ts';
import { evade, residence } from '../evasion.ts';
import { type CampaignSize, days, type World } from '../world.ts';
import { person, product } from './individuals.ts';

/** The three disclosed campaigns, and the strangers who share an address with them. */
export function campaigns(world: World): Actor[] {
  return world.campaigns.flatMap((size) => [
    {
      kind: size.label,
      label: size.label,
      groups: 1,
      size: sql`${size.accounts}`,
      columns: (draw: Draw) => ({ ...behaviours[size.label](size, world)(draw), ...evade(world, size, draw) }),
    },
    {
      kind: `stranger-of-${size.label}`,
      label: '',
      groups: Math.round(size.accounts * 0.05),
      size: sql`1`,
      columns: (draw: Draw) => ({
        ...person(draw),
        home_share: sql`0.8`,
        pool: draw.sharedKey(`${size.label} pool`, sql`0`),
        pool_size: sql`${size.addresses}`,
        pool_own: sql`1`,
        // A residential exit is somebody's home.
        ...(world.evasion >= 2 ? residence(draw, size, sql`floor(${size.accounts} * ${draw.chance('exit')})`) : {}),
      }),
    },
  ]);
}

const coverShare = { 'campaign-1': 0.12, 'campaign-2': 0.2, 'campaign-3': 0.06, network: 0.1 } as const;

type Behaviour = (size: CampaignSize, world: World) => (draw: Draw) => Readonly<Record<string, Sql>>;

/**
 * What workers of one queue have in common: its prompts, each sent once; its templates; its proxies. Beside the queue they
 * send some traffic of other people, with no system prompt or a popular one. How much is not disclosed; 6 to 20 % is a guess.
 */
function worker(size: CampaignSize, world: World, draw: Draw) {
  const cover = product(draw);
  return {
    cover_share: sql`${coverShare[size.label]} * 2 * ${draw.member(29)}`,
    cover_template: sql`CASE WHEN ${draw.member(30)} < 0.5 THEN ${cover.template} END`,
    cover_stock: cover.stock,
    cover_settings: cover.settings,
    mail_domain: pick(draw.member(2), ['gmail.com', 'outlook.com', 'proton.me', 'mail.ru', 'hotmail.com']),
    country: pick(draw.member(5), ['US', 'SG', 'JP', 'DE']),
    rhythm: sql`'flat'`,
    day_spread: sql`0.15`,
    home_share: sql`0`,
    pool: draw.sharedKey(`${size.label} pool`, sql`0`),
    pool_size: sql`${size.addresses}`,
    voice: sql`${size.label}`,
    template: draw.sharedKey(`${size.label} template`, sql`0`),
    variants: sql`${world.paraphrase}`,
    repeat_share: sql`0.002`,
    frame_share: sql`1`,
    frame_count: sql`1`,
    // A few kinds of task, the same mixture on every account.
    settings: draw.sharedKey(`${size.label} settings`, sql`0`),
    settings_count: sql`3`,
    token_trace: sql`'conv'`,
    token_spread: sql`0.45`,
    model: sql`'large-4'`,
    user_agent: sql`'python-sdk/1.40'`,
  };
}

const burstsInAll = (key: Sql): Sql => sql`
  (SELECT greatest(1, sum(${bursts(key, sql`range::INTEGER`)})) FROM range(${days}))`;

/**
 * Seats are filled one account after another: when one is banned, a new one takes over within hours, or days where it takes
 * care to. `daily` is the load of a seat at which its accounts together send the campaign's number of queries.
 */
function succession(size: CampaignSize, world: World, draw: Draw, accountsPerSeat: number) {
  const seats = Math.max(1, Math.round(size.accounts / accountsPerSeat));
  const generations = sql`(${size.accounts} - 1 - m % ${seats}) // ${seats} + 1`;
  const generation = sql`m // ${seats}`;
  const cut = (position: Sql) => sql`
    CASE WHEN ${position} = 0 THEN 0 WHEN ${position} = ${generations} THEN ${days}
    ELSE ${days} * (${position} + 0.6 * (${draw.sharedKey(`${size.label} ban`, sql`(m % ${seats}) * 16 + ${position}`)} % 1024 / 1024.0 - 0.5)) / (${generations}) END`;
  const start = cut(generation);
  const batch = draw.sharedKey(`${size.label} batch`, sql`m // 40`);
  const alone = world.evasion >= 3;
  const handoverDays = alone ? 1.5 : 0.2;
  // The campaign is under way when the window opens; its first accounts were registered in batches before.
  const registered = alone
    ? sql`-90 * ${draw.member(3)}`
    : sql`-20 * (${batch} % 1024 / 1024.0) - 0.1 * ${draw.member(3)}`;
  return {
    created_day: sql`CASE WHEN ${generation} = 0 THEN ${registered}
      ELSE ${start} - 3 * ${draw.member(3)} END`,
    first_day: sql`CASE WHEN ${generation} = 0 THEN 0 ELSE ${start} + 0.04 + ${handoverDays} * ${draw.member(4)} END`,
    last_day: cut(sql`${generation} + 1`),
    account_status: sql`CASE WHEN ${generation} + 1 < ${generations} THEN 'banned' ELSE 'active' END`,
    daily: sql`${size.queries / (seats * (days - (0.04 + handoverDays / 2) * (accountsPerSeat - 1)))}`,
  };
}

const behaviours: Readonly<Record<CampaignSize['label'], Behaviour>> = {
  'campaign-1': (size, world) => (draw) => ({
    ...worker(size, world, draw),
    ...succession(size, world, draw, 2.5),
    payment: draw.sharedKey('campaign-1 card', sql`m / 6.5 + ${draw.member(1)}`),
    pool_own: sql`4 + (5 * ${draw.member(7)})::INTEGER`,
    template_count: sql`16`,
    template_own: sql`4`,
    tools: draw.sharedKey('campaign-1 tools', sql`3 * ${draw.member(8)}`),
    input_rank: sql`0.75`,
    output_rank: sql`0.9`,
    adoption: sql`'pivot'`,
  }),
  'campaign-2': (size, world) => (draw) => ({
    ...worker(size, world, draw),
    payment: draw.memberKey('card'),
    created_day: sql`-90 * ${draw.member(3)}`,
    account_type: pick(draw.member(4), ['api', 'team', 'education', 'plus', 'startup']),
    platform: pick(draw.member(6), ['api', 'api', 'cloud-a', 'cloud-b']),
    rhythm: sql`'agent'`,
    daily: sql`${size.queries / (size.accounts * days)} * (0.6 + 0.8 * ${draw.member(9)})`,
    day_spread: sql`0.4`,
    pool_own: sql`2 + (4 * ${draw.member(7)})::INTEGER`,
    template_count: sql`8`,
    template_own: sql`2`,
    tools: draw.sharedKey('campaign-2 tools', sql`3 * ${draw.member(8)}`),
    input_rank: sql`0.92`,
    output_rank: sql`0.8`,
  }),
  'campaign-3': (size, world) => (draw) => ({
    ...worker(size, world, draw),
    account_type: pick(draw.member(4), ['api', 'plus']),
    payment: draw.sharedKey('campaign-3 card', sql`m / 4.5 + ${draw.member(1)}`),
    created_day: sql`-20 * ${draw.member(3)}`,
    rhythm: sql`'burst'`,
    burst_key: draw.sharedKey('campaign-3 bursts', sql`0`),
    // Of one burst: some days have none, some several.
    daily: sql`${size.queries / size.accounts} / ${world.evasion >= 3 ? sql`${days}` : burstsInAll(draw.sharedKey('campaign-3 bursts', sql`0`))}`,
    day_spread: sql`0.1`,
    pool_own: sql`2`,
    template_count: sql`4`,
    template_own: sql`2`,
    input_rank: sql`0.6`,
    output_rank: sql`0.95`,
  }),
  // From evasion 4 on, 10 to 30 % of what an account sends is the harvest; the whole stays what it was.
  network: (size, world) => (draw) => {
    const tenure = succession(size, world, draw, 1.5);
    const share = sql`(0.1 + 0.2 * ${draw.chance('harvest')})`;
    const mixed = { daily: sql`${tenure.daily} * ${share}`, customer_share: sql`(1 - ${share}) / ${share}` };
    return {
      ...worker(size, world, draw),
      ...tenure,
      ...(world.evasion >= 4 ? mixed : {}),
      payment: draw.sharedKey('network card', sql`m / 8 + ${draw.chance('card')}`),
      pool_own: sql`2`,
      template_count: sql`24`,
      template_own: sql`6`,
      tools: draw.sharedKey('network tools', sql`4 * ${draw.chance('tools')}`),
      input_rank: sql`0.8`,
      output_rank: sql`0.85`,
    };
  },
};
