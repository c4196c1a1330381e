import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { uniform } from './draw.ts';
import type { World } from './world.ts';

/** Random numbers and keys of one account. Keys are 64-bit numbers from which texts are made later. */
export interface Draw {
  /** 0..1, one of the account's own, by name. */
  readonly chance: (name: string) => Sql;
  /** 0..1, one of the account's own, by a running number. */
  readonly member: (number: number) => Sql;
  /** 0..1, the same for all accounts of the group. */
  readonly group: (number: number) => Sql;
  /** A key of the account's own. */
  readonly memberKey: (name: string) => Sql;
  /** A key that the group shares. */
  readonly groupKey: (name: string) => Sql;
  /** A key that everybody who gives this name and number shares. */
  readonly sharedKey: (name: string, number: Sql) => Sql;
}

/** A kind of customer: so many groups of accounts, and how one account of a group behaves. */
export interface Actor {
  readonly kind: string;
  /** Name of the campaign, or empty for honest accounts. */
  readonly label: string;
  readonly groups: number;
  /** Accounts in a group, SQL over the group number `g`. */
  readonly size: Sql;
  /** Columns of the table `actors`; what is not named keeps its default. May use `g` and the member number `m`. */
  readonly columns: (draw: Draw) => Readonly<Record<string, Sql>>;
}

/** Everything that shapes an account's calls. Days count from the start of the world, rates are a day. */
export const createActors: Sql = sql`
  CREATE TABLE actors (
    kind VARCHAR, label VARCHAR, g INTEGER, m INTEGER,
    organisation VARCHAR, payment UBIGINT, mail_domain VARCHAR DEFAULT NULL, created_day DOUBLE DEFAULT -100,
    first_day DOUBLE DEFAULT 0, last_day DOUBLE DEFAULT 28, account_type VARCHAR DEFAULT 'api', platform VARCHAR DEFAULT 'api',
    account_status VARCHAR DEFAULT 'active', country VARCHAR DEFAULT 'US', user_agent VARCHAR DEFAULT 'python-sdk/1.40',
    zone_hours INTEGER DEFAULT 0, daily DOUBLE, day_spread DOUBLE DEFAULT 0.6, rhythm VARCHAR DEFAULT 'human',
    trace INTEGER, burst_key UBIGINT, home UBIGINT, home_share DOUBLE DEFAULT 1, pool UBIGINT, pool_size INTEGER DEFAULT 1,
    pool_own INTEGER DEFAULT 1, template UBIGINT, template_count INTEGER DEFAULT 1, template_own INTEGER DEFAULT 1,
    tools UBIGINT, stock UBIGINT, stock_size INTEGER DEFAULT 1, stock_share DOUBLE DEFAULT 0, repeat_share DOUBLE DEFAULT 0.05,
    input_shift DOUBLE DEFAULT 0, output_shift DOUBLE DEFAULT 0, input_rank DOUBLE DEFAULT 0.5, output_rank DOUBLE DEFAULT 0.5,
    token_trace VARCHAR DEFAULT 'conv', token_spread DOUBLE DEFAULT 0.8, cached_share DOUBLE DEFAULT 0,
    cover_share DOUBLE DEFAULT 0, cover_template UBIGINT, cover_stock UBIGINT, cover_settings UBIGINT, deadline_day DOUBLE,
    settings UBIGINT, settings_count INTEGER DEFAULT 1, frame_share DOUBLE DEFAULT 0.1, frame_count INTEGER DEFAULT 4,
    hidden_share DOUBLE DEFAULT 0, salted BOOLEAN DEFAULT false, variants INTEGER DEFAULT 1, serve_share DOUBLE DEFAULT 1, start_hour DOUBLE DEFAULT 0, run_hours DOUBLE DEFAULT 1,
    is_customer BOOLEAN DEFAULT false, resells BOOLEAN DEFAULT false, fronts BOOLEAN DEFAULT false, names_users BOOLEAN DEFAULT false, customer_share DOUBLE DEFAULT 0, customer_seats INTEGER DEFAULT 2,
    customer_days INTEGER DEFAULT 7, customer_first INTEGER DEFAULT 0, customer_count INTEGER DEFAULT 1,
    model VARCHAR DEFAULT 'large-4', adoption VARCHAR DEFAULT 'slow',
    voice VARCHAR DEFAULT 'person', system_voice VARCHAR, stock_voice VARCHAR DEFAULT 'everyday', language VARCHAR)`;

/** Adds the accounts of one kind. */
export function insertActors(world: World, { kind, label, groups, size, columns }: Actor): Sql {
  const seed = sql`${world.seed}::INTEGER, ${kind}`;
  const draw: Draw = {
    chance: (name) => uniform(sql`hash(${seed}, ${name}, g, m)`),
    member: (number) => uniform(seed, sql`g`, sql`m`, sql`${number}::INTEGER`),
    group: (number) => uniform(seed, sql`g`, sql`${number}::INTEGER`),
    memberKey: (name) => sql`hash(${seed}, ${name}, g, m)`,
    groupKey: (name) => sql`hash(${seed}, ${name}, g)`,
    sharedKey: (name, number) => sql`hash(${world.seed}::INTEGER, ${name}, (${number})::BIGINT)`,
  };
  const all = Object.entries(columns(draw)).map(([name, value]) => sql`${value} AS ${identifier(name)}`);
  return sql`
    INSERT INTO actors BY NAME
    SELECT ${kind} AS kind, ${label} AS label, g, m, ${join(all)}
    FROM (SELECT g, unnest(range((${size})::BIGINT))::INTEGER AS m FROM (SELECT range::INTEGER AS g FROM range(${Math.max(0, Math.round(groups))})))`;
}
