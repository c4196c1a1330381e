import { type Sql, sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { days, type World } from '../world.ts';
import { application } from './machines.ts';

type Columns = Readonly<Record<string, Sql>>;

/** Machines of one owner each that are loud, punctual or both. */
export function automation(world: World): Actor[] {
  const actor = (kind: string, share: number, columns: (draw: Draw) => Columns): Actor => ({
    kind,
    label: '',
    groups: Math.max(2, world.benignAccounts * share),
    size: sql`1`,
    columns: (draw) => ({
      ...application(draw),
      created_day: sql`-500 * ${draw.chance('age')}`,
      last_day: sql`${days}`,
      account_status: sql`'active'`,
      ...columns(draw),
    }),
  });
  return [
    actor('orchestrator', 0.0002, orchestrator),
    actor('build-farm', 0.0001, buildFarm),
    actor('batch-midnight', 0.01, batchAt(sql`0`)),
    actor('batch-hourly', 0.01, (draw) => ({
      rhythm: sql`'hourly'`,
      daily: sql`24 * (1 + floor(8 * ${draw.chance('rate')}))`,
      day_spread: sql`0.05`,
    })),
  ];
}

/** Many agents under one account, each with its own prompt, handing structured work to each other all day. */
function orchestrator(draw: Draw): Columns {
  return {
    rhythm: sql`'agent'`,
    daily: sql`300 + 500 * ${draw.chance('rate')}`,
    voice: sql`'orchestrator'`,
    template_count: sql`12`,
    template_own: sql`12`,
    tools: draw.memberKey('tools'),
    settings_count: sql`4`,
    cached_share: sql`0.7`,
  };
}

/** Reads the same code over and over: 97 % of its input comes from the cache. */
function buildFarm(draw: Draw): Columns {
  return {
    daily: sql`700 + 500 * ${draw.chance('rate')}`,
    tools: draw.memberKey('tools'),
    voice: sql`'review'`,
    token_trace: sql`'code'`,
    input_rank: sql`0.98`,
    cached_share: sql`0.985`,
    repeat_share: sql`0.3`,
  };
}

/** A job of some minutes at a full hour of every day. */
function batchAt(hour: Sql): (draw: Draw) => Columns {
  return (draw) => ({
    rhythm: sql`'nightly'`,
    start_hour: hour,
    run_hours: sql`0.1 + 0.4 * ${draw.chance('duration')}`,
    daily: sql`30 + 200 * ${draw.chance('rate')} * ${draw.chance('size')}`,
    day_spread: sql`0.1`,
  });
}
