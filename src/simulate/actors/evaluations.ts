import { type Sql, sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { pick, uniform } from '../draw.ts';
import { days, type World } from '../world.ts';
import { person } from './individuals.ts';

/** Public harnesses and benchmarks that everybody takes. */
const harnesses = 3;
const benchmarks = 4;

/** Firms that know nothing of each other and run the same public evaluations: nightly, on demand, and with a model as judge. */
export function evaluations(world: World): Actor[] {
  const groups = Math.max(6, world.benignAccounts * 0.004);
  const one = sql`1`;
  return [
    {
      kind: 'nightly-benchmark',
      label: '',
      groups,
      size: one,
      columns: (draw) => ({
        ...harness(draw),
        rhythm: sql`'nightly'`,
        start_hour: sql`floor(4 * ${draw.chance('start')})`,
        run_hours: sql`0.5 + 2 * ${draw.chance('duration')}`,
        daily: sql`60 + 200 * ${draw.chance('rate')}`,
        day_spread: sql`0.05`,
      }),
    },
    {
      kind: 'evaluation-harness',
      label: '',
      groups,
      size: one,
      columns: (draw) => ({
        ...harness(draw),
        rhythm: sql`'agent'`,
        serve_share: sql`0.3`,
        daily: sql`30 + 100 * ${draw.chance('rate')}`,
      }),
    },
    { kind: 'judge', label: '', groups, size: one, columns: judge },
  ];
}

function evaluator(draw: Draw) {
  return {
    ...person(draw),
    payment: draw.memberKey('card'),
    mail_domain: sql`'laboratory' || ${draw.memberKey('domain')} % 1000003 || '.com'`,
    account_type: pick(draw.chance('type'), ['api', 'team', 'startup']),
    created_day: sql`-500 * ${draw.chance('age')}`,
    last_day: sql`${days}`,
    account_status: sql`'active'`,
    user_agent: sql`'python-sdk/1.40'`,
    frame_share: sql`1`,
    frame_count: sql`1`,
  };
}

/** The system prompt, the parameters and the questions are the harness's; only the nights differ. */
function harness(draw: Draw) {
  const chosen: Sql = sql`floor(${harnesses} * ${draw.chance('harness')})`;
  return {
    ...evaluator(draw),
    template: draw.sharedKey('harness', chosen),
    settings: draw.sharedKey('harness settings', chosen),
    voice: sql`'benchmark'`,
    stock_voice: sql`'benchmark'`,
    stock: draw.sharedKey('benchmark', sql`floor(${benchmarks} * ${draw.chance('benchmark')})`),
    stock_size: sql`1200`,
    stock_share: sql`0.97`,
    repeat_share: sql`0`,
    input_rank: uniform(draw.sharedKey('harness input', chosen)),
    output_rank: uniform(draw.sharedKey('harness output', chosen)),
    token_spread: sql`0.6`,
  };
}

/** Grades answers by a rubric that is handed around: much to read, next to nothing to say. */
function judge(draw: Draw) {
  return {
    ...evaluator(draw),
    voice: sql`'judge'`,
    template: draw.sharedKey('rubric', sql`floor(5 * ${draw.chance('rubric')})`),
    settings: draw.sharedKey('rubric settings', sql`0`),
    rhythm: sql`'hourly'`,
    daily: sql`24 + 150 * ${draw.chance('rate')}`,
    stock_share: sql`0`,
    repeat_share: sql`0.4`,
    input_rank: sql`0.9`,
    output_rank: sql`0.03`,
    token_spread: sql`0.4`,
  };
}
