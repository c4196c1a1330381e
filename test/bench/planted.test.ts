import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBackground, type Sources } from '../../src/bench/planting/background.ts';
import { permuteLinks } from '../../src/bench/planting/permute.ts';
import { eachWorld, type PlantedChoice } from '../../src/bench/planting/world.ts';
import { judgeWorld } from '../../src/bench/worlds.ts';
import { sql } from '../../src/engine/sql.ts';
import type { Evaluation } from '../../src/evaluate/evaluate.ts';
import { fixtures, withEngine } from '../support/world.ts';

const directory = join(fixtures, 'planted');
const files = (start: string) =>
  readdirSync(directory)
    .filter((file) => file.startsWith(start))
    .sort()
    .map((file) => join(directory, file));

const sources: Sources = {
  posts: join(directory, 'posts.csv.gz'),
  tokens: files('tokens-'),
  clients: files('client-'),
};

/** Objects stand as templates; links are permuted, so that nothing but what is planted is common control. */
const choice: PlantedChoice = { mappings: [1], links: ['permuted'], disguises: [0], seed: 2 };

describe('campaigns planted in a real background', () => {
  it('are found whole, and the background alone yields nothing', async () => {
    const results = new Map<number | undefined, Evaluation>();
    await eachWorld(sources, choice, async ({ disguise }, world) => {
      results.set(disguise, await judgeWorld(world, {}));
    });
    expect(results.get(undefined)?.falsePositives).toEqual([]);
    expect(results.get(0)).toMatchObject({ precision: 1, recall: 1, falsePositives: [] });
    expect(results.get(0)?.campaigns.map(({ accounts, level }) => ({ accounts, level }))).toEqual([
      { accounts: 10, level: 'high' },
      { accounts: 50, level: 'high' },
      { accounts: 200, level: 'high' },
    ]);
  });
});

describe('permuteLinks', () => {
  it('keeps the posts of each account and of each object, and their times, but not who shares what', async () => {
    await withEngine(async (engine) => {
      const { objects } = await readBackground(engine, sources);
      await engine.execute(sql`CREATE TABLE before AS SELECT * FROM posts`);
      await permuteLinks(engine, objects, 1);
      const [counts] = await engine.query(sql`
        WITH lost AS (
          SELECT object_id, count(*) AS posts FROM before GROUP BY object_id
          EXCEPT SELECT object_id, count(*) FROM posts GROUP BY object_id)
        SELECT (SELECT count(*) FROM lost)::INTEGER AS lost,
          (SELECT count(*) FROM posts JOIN before USING (post, object_id))::INTEGER AS unmoved,
          (SELECT count(*) FROM posts JOIN before USING (post, seconds, account_id))::INTEGER AS posts`);
      expect(counts?.toJSON()).toMatchObject({ lost: 0, posts: 4000 });
      expect(counts?.unmoved).toBeLessThan(1000);
    });
  });
});
