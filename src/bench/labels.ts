import { join } from 'node:path';
import { processStreams, Terminal } from '../cli/terminal.ts';
import type { Engine } from '../engine/engine.ts';
import { sql } from '../engine/sql.ts';
import { labelled } from '../score/taxonomy/label.ts';
import { withEngine, withWorld } from './worlds.ts';

/**
 * Prints how the taxonomy's rules do on prompts of simulated worlds, whose scripts they were not written on: 20,000 prompts
 * of each world at random. Arguments: seeds (default: 2 and 4), worlds of evasion 4.
 */
const seeds = process.argv.slice(2).map(Number);
const terminal = new Terminal(processStreams);

/** Makes the relation `judged` (truth, label, true_capability, capability), all text. */
async function judgePrompts(engine: Engine, world: string): Promise<void> {
  const prompts = sql`
    SELECT nullif(t.label, '') AS truth, t.capability AS true_capability, prompt, system_prompt
    FROM read_csv(${join(world, 'text-truth.csv')}, all_varchar = true) t
      JOIN read_parquet(${join(world, 'calls', '**', '*.parquet')}) USING (request_id)`;
  await engine.execute(sql`
    CREATE TABLE judged AS SELECT truth, label, true_capability, capability FROM (${labelled(prompts)})`);
}

const tables = [
  {
    title: 'Labels',
    head: ['label', 'prompts that have it', 'get it', 'get it of others', 'get it without any'],
    rows: sql`
      SELECT name, count(*) FILTER (truth = name)::INTEGER AS have, count(*) FILTER (truth = name AND label = name)::INTEGER AS hit,
        count(*) FILTER (truth <> name AND label = name)::INTEGER AS other,
        count(*) FILTER (truth IS NULL AND label = name)::INTEGER AS none
      FROM judged, (SELECT DISTINCT unnest([truth, label]) AS name FROM judged) names
      WHERE name IS NOT NULL GROUP BY name ORDER BY name`,
  },
  {
    title: 'Capabilities',
    head: ['capability', 'prompts that have it', 'get it', 'get it of others'],
    rows: sql`
      SELECT name, count(*) FILTER (true_capability = name)::INTEGER AS have,
        count(*) FILTER (true_capability = name AND capability = name)::INTEGER AS hit,
        count(*) FILTER (true_capability <> name AND capability = name)::INTEGER AS other
      FROM judged, (SELECT DISTINCT true_capability AS name FROM judged) names GROUP BY name ORDER BY name`,
  },
];

for (const seed of seeds.length > 0 ? seeds : [2, 4]) {
  await withWorld({ scenario: 'seed', evasion: 4, text: true, seed }, async (world) =>
    withEngine(async (engine) => {
      await judgePrompts(engine, world);
      for (const { title, head, rows } of tables) {
        await terminal.result(`\n${title}, seed ${seed}\n\n| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n`);
        for (const row of await engine.query(rows))
          await terminal.result(`| ${Object.values(row.toJSON()).join(' | ')} |\n`);
      }
    }),
  );
}
