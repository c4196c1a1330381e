import { expect, it } from 'vitest';
import { join, sql } from '../../../src/engine/sql.ts';
import type { Calls } from '../../../src/model/calls.ts';
import { interchangeableWork } from '../../../src/score/pooled/interchangeable-work.ts';
import { withContext } from '../../support/world.ts';

const accounts = 20;
const promptsEach = 12;
const topics = [
  'orbits',
  'enzymes',
  'tariffs',
  'sonnets',
  'glaciers',
  'routers',
  'recipes',
  'fossils',
  'contracts',
  'chess',
];

/** The figure for accounts whose prompts have the topics that `topicOf` gives, each with some words of its own. */
async function figureOf(topicOf: (account: number, prompt: number) => number): Promise<number | undefined> {
  const rows = Array.from({ length: accounts * promptsEach }, (_, call) => {
    const account = call % accounts;
    const prompt = Math.floor(call / accounts);
    const topic = topics[topicOf(account, prompt) % topics.length] ?? '';
    const text = `Solve this task about ${topic} and reason step by step: ${topic} case ${'abcdefghij'[prompt % 10]}${account}x${prompt}`;
    return sql`(${`account-${account}`}, ${text})`;
  });
  return withContext({}, async (context) => {
    const { engine } = context;
    await engine.execute(sql`CREATE TABLE sampled_prompts (account_id VARCHAR, prompt VARCHAR)`);
    await engine.execute(sql`INSERT INTO sampled_prompts VALUES ${join(rows)}`);
    await engine.execute(
      sql`CREATE TABLE drawn AS SELECT DISTINCT 0 AS cluster, 0 AS draw, account_id FROM sampled_prompts`,
    );
    const calls: Pick<Calls, 'texts'> = { texts: 'texts' };
    const found = await engine.query(await interchangeableWork.figures(context, calls as Calls));
    return found.getChild('figure')?.get(0) ?? undefined;
  });
}

it('is near 0 where any account gets any piece of one list', async () => {
  expect(await figureOf((account, prompt) => account * 7 + prompt * 3)).toBeLessThan(0.2);
});

it('is well above 0 where accounts that share one template have topics of their own', async () => {
  expect(await figureOf((account) => account)).toBeGreaterThan(0.7);
});

it('says nothing of a handful of prompts', async () => {
  const { figures } = interchangeableWork;
  await withContext({}, async (context) => {
    await context.engine.execute(sql`CREATE TABLE sampled_prompts AS SELECT 'a' AS account_id, 'one prompt' AS prompt`);
    await context.engine.execute(sql`CREATE TABLE drawn AS SELECT 0 AS cluster, 0 AS draw, 'a' AS account_id`);
    const calls: Pick<Calls, 'texts'> = { texts: 'texts' };
    expect((await context.engine.query(await figures(context, calls as Calls))).numRows).toBe(0);
  });
});
