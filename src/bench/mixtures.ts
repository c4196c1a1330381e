import { join } from 'node:path';
import { processStreams, Terminal } from '../cli/terminal.ts';
import { sql } from '../engine/sql.ts';
import { FourierFeatures, fourierFeatures } from '../score/pooled/fourier-features.ts';
import { readPromptFeatures } from '../score/pooled/prompt-features.ts';
import { int32Column } from '../util/arrow.ts';
import { groupBy } from '../util/group.ts';
import { seededRandom } from '../util/random.ts';
import { detectionRates, type Prompts, shares } from './mixtures/protocol.ts';
import { withDirectory, withEngine, writeWorld } from './worlds.ts';

/**
 * Prints how well the distribution of prompts tells windows of 1,500 queries that hold a campaign's from honest ones, by the
 * protocol of Liu, Guo and Dong (arXiv 2606.05725): the share of windows above the threshold, by the campaign's share of the
 * window. Arguments: seeds (default: 2 and 4).
 */
const seeds = process.argv.slice(2).map(Number);
const promptsPerAccount = 100;
const terminal = new Terminal(processStreams);

/** Embedded prompts of a world: of honest accounts, and of each campaign; up to 100 of an account. */
async function embeddedWorld(directory: string, seed: number): Promise<{ honest: Prompts; campaigns: Prompts[] }> {
  return withEngine(async (engine) => {
    await engine.execute(sql`
      CREATE TABLE kept AS
      SELECT campaign, account_id, prompt FROM read_parquet(${join(directory, 'calls', '**', '*.parquet')})
        JOIN (SELECT account_id, label AS campaign FROM read_csv(${join(directory, 'labels.csv')}, all_varchar = true)) USING (account_id)
      WHERE prompt IS NOT NULL
      QUALIFY row_number() OVER (PARTITION BY account_id ORDER BY hash(prompt)) <= ${promptsPerAccount}`);
    await engine.execute(sql`
      CREATE TABLE numbered AS
      SELECT (row_number() OVER (ORDER BY account_id, prompt) - 1)::INTEGER AS number,
        (dense_rank() OVER (ORDER BY account_id) - 1)::INTEGER AS account,
        (dense_rank() OVER (ORDER BY coalesce(campaign, '')) - 1)::INTEGER AS campaign, prompt
      FROM kept`);
    const rows = await engine.query(sql`SELECT account, campaign FROM numbered ORDER BY number`);
    const [accounts, campaigns] = [int32Column(rows, 'account'), int32Column(rows, 'campaign')];
    const features = await readPromptFeatures(engine, sql`SELECT number, prompt FROM numbered`, accounts.length);
    const embedding = new FourierFeatures(features, seededRandom(seed));
    const embeddings = new Float64Array(accounts.length * fourierFeatures);
    for (const prompt of accounts.keys()) embedding.addTo(embeddings, prompt * fourierFeatures, prompt);
    const groups = groupBy(accounts.keys(), (prompt) => campaigns[prompt] ?? 0);
    const promptsOf = (numbers: readonly number[]): Prompts => ({ embeddings, numbers, accounts });
    const [honest = [], ...fake] = [...groups].sort(([left], [right]) => left - right).map(([, numbers]) => numbers);
    return { honest: promptsOf(honest), campaigns: fake.map(promptsOf) };
  });
}

await terminal.result(
  `| windows of | seed | campaign | honest windows | ${shares.map((share) => `${100 * share} %`).join(' | ')} |\n|${'---|'.repeat(shares.length + 4)}\n`,
);
for (const seed of seeds.length > 0 ? seeds : [2, 4]) {
  await withDirectory(async (parent) => {
    const directory = join(parent, 'world');
    const size = { scale: 0.005, benignAccounts: 4_000, format: 'parquet' } as const;
    await writeWorld({ ...size, directory, scenario: 'seed', evasion: 2, text: true, seed });
    const { honest, campaigns } = await embeddedWorld(directory, seed);
    for (const unit of ['queries', 'accounts'] as const)
      for (const [position, campaign] of campaigns.entries()) {
        const rates = detectionRates(honest, campaign, unit, seededRandom(seed));
        const cells = rates.map((rate) => rate.toFixed(3));
        await terminal.result(`| ${[unit, seed, position + 1, ...cells].join(' | ')} |\n`);
      }
  });
}
