import { describe, expect, it } from 'vitest';
import { join, sql } from '../../../src/engine/sql.ts';
import type { Calls } from '../../../src/model/calls.ts';
import type { CallTest } from '../../../src/score/pooled/call-tests.ts';
import { promptDistribution } from '../../../src/score/pooled/prompt-distribution.ts';
import { topicSweep } from '../../../src/score/pooled/topic-sweep.ts';
import { seededRandom } from '../../../src/util/random.ts';
import { withContext } from '../../support/world.ts';

const subjects = 'abcdefghijklmnopqrstuvwxyz'.split('').map((letter) => letter.repeat(5));
const accountsPerDraw = 12;
const callsEach = 30;

type Writer = (draw: number, account: number, call: number, random: () => number) => string;

/** Figures by draw: draw 0 is the cluster, and each has accounts of its own whose prompts `write` gives. */
async function figuresOf(test: CallTest, draws: number, write: Writer): Promise<number[]> {
  const random = seededRandom(7);
  const calls = Array.from({ length: draws * accountsPerDraw * callsEach }, (_, number) => {
    const [draw, call] = [number % draws, Math.floor(number / (draws * accountsPerDraw))];
    const account = Math.floor(number / draws) % accountsPerDraw;
    return sql`(${draw}, ${`account-${draw}-${account}`}, ${call}, ${write(draw, account, call, random)})`;
  });
  return withContext({}, async (context) => {
    const { engine } = context;
    await engine.execute(sql`
      CREATE TABLE texts AS SELECT draw, account_id, timestamp '2026-01-01' + to_minutes(call) AS timestamp, prompt
      FROM (VALUES ${join(calls)}) c(draw, account_id, call, prompt)`);
    await engine.execute(
      sql`CREATE TABLE sampled_prompts AS SELECT DISTINCT ON (account_id, prompt) account_id, prompt FROM texts`,
    );
    await engine.execute(sql`CREATE TABLE drawn AS SELECT DISTINCT 0 AS cluster, draw, account_id FROM texts`);
    const given: Pick<Calls, 'texts'> = { texts: 'texts' };
    const figures = await test.figures(context, given as Calls);
    const rows = await engine.query(sql`SELECT draw, figure FROM (${figures}) ORDER BY draw`);
    return [...rows].map(({ figure }) => figure);
  });
}

const pick = (random: () => number): string => subjects[Math.floor(random() * subjects.length)] ?? '';
const chat: Writer = (draw, account, call, random) =>
  `What should I know about ${pick(random)} and ${pick(random)}, ${draw}${account}${call}?`;

describe('prompt-distribution', () => {
  it('gives a cluster that is like outsiders a figure like theirs', async () => {
    const [cluster = 0, ...outsiders] = await figuresOf(promptDistribution, 5, chat);
    expect(cluster).toBeGreaterThan(Math.min(...outsiders) - 0.5);
    expect(cluster).toBeLessThan(Math.max(...outsiders) + 0.5);
  });

  it('gives a template of its own a figure far below, even if it is a part of the traffic', async () => {
    const mixed: Writer = (draw, account, call, random) =>
      draw === 0 && call % 3 === 0
        ? `Judge the candidate by each criterion of the rubric: ${pick(random)} ${account}${call}`
        : chat(draw, account, call, random);
    const [cluster = 0, ...outsiders] = await figuresOf(promptDistribution, 5, mixed);
    expect(cluster).toBeLessThan(Math.min(...outsiders) - 1);
  });
});

describe('topic-sweep', () => {
  const wander: Writer = (draw, account, call) =>
    `About ${subjects[(Math.floor(call / 3) * 7 + account + draw) % subjects.length]}, question ${call} of my many.`;

  it('finds the thread of people who stay with a subject', async () => {
    const [cluster = 0] = await figuresOf(topicSweep, 1, wander);
    expect(cluster).toBeGreaterThan(1);
  });

  it('finds none in a list that is worked off', async () => {
    const sweep: Writer = (draw, account, call, random) =>
      draw === 0 ? `About ${pick(random)}, question ${call} of my many.` : wander(draw, account, call, random);
    const [cluster = 9, outsider = 0] = await figuresOf(topicSweep, 2, sweep);
    expect(Math.abs(cluster)).toBeLessThan(0.4);
    expect(outsider).toBeGreaterThan(1);
  });
});
