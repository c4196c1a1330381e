import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../../engine/context.ts';
import { sql } from '../../engine/sql.ts';
import { int32Column } from '../../util/arrow.ts';
import { seededRandom } from '../../util/random.ts';
import { rounded } from '../../util/text.ts';
import type { CallTest } from './call-tests.ts';
import { FourierFeatures, fourierFeatures, squaredDiscrepancy } from './fourier-features.ts';
import { readPromptFeatures } from './prompt-features.ts';

/** Prompts that are embedded over all accounts, and those of one: their number bounds memory and time. */
const mostPrompts = 60_000;
const promptsPerAccount = 10;

/**
 * Do its prompts come from where those of as many similar outsiders come from? The maximum mean discrepancy between the
 * prompts of a draw and those of the other draws, without a model (after Liu, Guo and Dong, arXiv 2606.05725, who use
 * embeddings of a model); draws are by account. The figure is -ln of its square. A firm's own product is unlike the rest too,
 * so that this describes a cluster and is never news about it.
 */
export const promptDistribution: CallTest = {
  id: 'prompt-distribution',
  family: 'content',
  matchesVolume: true,
  isPossible: (calls) => calls.texts !== undefined,
  async figures(context) {
    const accounts = await embedAccounts(context);
    const draws = await context.engine.query(sql`
      SELECT cluster, draw, account FROM drawn JOIN embedded_accounts USING (account_id) ORDER BY cluster, draw, account`);
    const means = meansByDraw(draws, accounts);
    await storeFigures(
      context,
      [...means].flatMap(([cluster, own]) => figuresOf(cluster, own)),
    );
    return sql`SELECT cluster, draw, figure FROM discrepancies`;
  },
  explain: (observed, expected) =>
    `its prompts stand ${rounded(Math.exp(-observed / 2))} from those of similar outsiders (maximum mean discrepancy), those of ` +
    `as many other outsiders ${rounded(Math.exp(-expected / 2))}`,
};

/** Sums of the embeddings of each account's prompts, by the numbers of relation `embedded_accounts` (account, account_id). */
interface EmbeddedAccounts {
  readonly sums: Float64Array;
  readonly prompts: Int32Array;
}

async function embedAccounts({ engine, config, breathe }: RunContext): Promise<EmbeddedAccounts> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE embedded_accounts AS
    SELECT (row_number() OVER (ORDER BY first_prompt, account_id) - 1)::INTEGER AS account, account_id
    FROM (SELECT account_id, min(prompt) AS first_prompt FROM sampled_prompts GROUP BY account_id)`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE embedded_prompts AS
    WITH sizes AS (SELECT count(*) AS accounts FROM embedded_accounts),
      kept AS (
        SELECT account, prompt FROM sampled_prompts JOIN embedded_accounts USING (account_id)
        QUALIFY row_number() OVER (PARTITION BY account ORDER BY ${engine.dialect.hash(sql`prompt`)}, prompt)
          <= least(${promptsPerAccount}, greatest(1, ${mostPrompts} // (SELECT accounts FROM sizes))))
    SELECT (row_number() OVER (ORDER BY prompt, account) - 1)::INTEGER AS number, account, prompt FROM kept`);
  const owners = int32Column(await engine.query(sql`SELECT account FROM embedded_prompts ORDER BY number`), 'account');
  const features = await readPromptFeatures(engine, sql`SELECT number, prompt FROM embedded_prompts`, owners.length);
  const embedding = new FourierFeatures(features, seededRandom(config.seed));
  const accountCount = owners.reduce((most, account) => Math.max(most, account + 1), 0);
  const accounts = { sums: new Float64Array(accountCount * fourierFeatures), prompts: new Int32Array(accountCount) };
  for (const [prompt, account] of owners.entries()) {
    embedding.addTo(accounts.sums, account * fourierFeatures, prompt);
    accounts.prompts[account] = (accounts.prompts[account] ?? 0) + 1;
    await breathe();
  }
  return accounts;
}

/** Mean embedding of each draw by cluster; draw 0 is the cluster itself. */
function meansByDraw(
  draws: Iterable<{ readonly cluster: number; readonly draw: number; readonly account: number }>,
  { sums, prompts }: EmbeddedAccounts,
): Map<number, Map<number, Float64Array>> {
  const means = new Map<number, Map<number, Float64Array>>();
  const counts = new Map<Float64Array, number>();
  for (const { cluster, draw, account } of draws) {
    const own = means.get(cluster) ?? new Map<number, Float64Array>();
    const mean = own.get(draw) ?? new Float64Array(fourierFeatures);
    means.set(cluster, own.set(draw, mean));
    counts.set(mean, (counts.get(mean) ?? 0) + (prompts[account] ?? 0));
    for (let feature = 0; feature < fourierFeatures; feature += 1)
      mean[feature] = (mean[feature] ?? 0) + (sums[account * fourierFeatures + feature] ?? 0);
  }
  for (const [mean, count] of counts)
    for (let feature = 0; feature < fourierFeatures; feature += 1) mean[feature] = (mean[feature] ?? 0) / count;
  return means;
}

interface Figure {
  readonly cluster: number;
  readonly draw: number;
  readonly figure: number;
}

/** Each draw of outsiders is held against the others, the cluster against as many of them. */
function figuresOf(cluster: number, means: ReadonlyMap<number, Float64Array>): Figure[] {
  const outsiders = [...means.keys()].filter((draw) => draw > 0);
  return [...means].flatMap(([draw, mean]) => {
    const others = draw === 0 ? outsiders.slice(1) : outsiders.filter((other) => other !== draw);
    if (others.length === 0) return [];
    const reference = new Float64Array(fourierFeatures);
    for (const other of others)
      means.get(other)?.forEach((value, feature) => {
        reference[feature] = (reference[feature] ?? 0) + value / others.length;
      });
    return [{ cluster, draw, figure: -Math.log(Math.max(1e-12, squaredDiscrepancy(mean, reference))) }];
  });
}

async function storeFigures({ engine }: RunContext, figures: readonly Figure[]): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE discrepancies (cluster INTEGER, draw INTEGER, figure DOUBLE)`);
  async function* rows() {
    yield tableFromArrays({
      cluster: Int32Array.from(figures, ({ cluster }) => cluster),
      draw: Int32Array.from(figures, ({ draw }) => draw),
      figure: Float64Array.from(figures, ({ figure }) => figure),
    });
  }
  await engine.append('discrepancies', rows());
}
