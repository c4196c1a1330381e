import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AskedFor, Share } from '../model/report.ts';
import { carriesOwn } from './own-calls.ts';
import { labelled } from './taxonomy/label.ts';

/** Prompts of a cluster that are labelled: a share of them is right within two percent. */
const promptsPerCluster = 1_000;

/** Raw prompts of a cluster that are shown where somebody asks for them, and their characters. */
const examplesShown = 3;
const mostCharacters = 500;

const templates: readonly CanonicalColumn[] = ['template_hash', 'system_prompt_hash'];

/**
 * What a random sample of each cluster's prompts asked for, by the rules of the taxonomy: of those that carry its own
 * templates, or of all where it has none. `queries` are the cluster's, for the size of the sample. Undefined for clusters
 * without prompts. Needs the relations `members` and `cluster_values`.
 */
export async function whatWasAsked(
  context: RunContext,
  calls: Calls,
  evidence: Evidence,
  queries: readonly number[],
): Promise<(AskedFor | undefined)[]> {
  if (calls.texts === undefined) return queries.map(() => undefined);
  await samplePrompts(context, calls.texts, evidence, queries);
  await context.engine.execute(sql`
    CREATE OR REPLACE TABLE labelled_prompts AS
    SELECT cluster, capability, label FROM (${labelled(sql`SELECT * FROM asked_prompts`)})`);
  const rows = await context.engine.query(sql`
    SELECT cluster, capability, label, count(*)::INTEGER AS prompts FROM labelled_prompts
    GROUP BY ALL ORDER BY cluster, prompts DESC, capability, label`);
  const examples = context.config.showsText ? await examplePrompts(context) : new Map<number, string[]>();
  const counted = queries.map(() => [] as Counted[]);
  for (const row of rows) counted[row.cluster]?.push(row);
  return counted.map((own, cluster) => (own.length === 0 ? undefined : summed(own, examples.get(cluster))));
}

interface Counted {
  readonly capability: string;
  readonly label: string | null;
  readonly prompts: number;
}

function summed(counted: readonly Counted[], examples?: readonly string[]): AskedFor {
  const prompts = counted.reduce((sum, row) => sum + row.prompts, 0);
  const shares = (nameOf: (row: Counted) => string | null): Share[] => {
    const sums = new Map<string, number>();
    for (const row of counted) {
      const name = nameOf(row);
      if (name !== null) sums.set(name, (sums.get(name) ?? 0) + row.prompts);
    }
    return [...sums]
      .map(([label, sum]) => ({ label, share: sum / prompts }))
      .sort((left, right) => right.share - left.share || (left.label < right.label ? -1 : 1));
  };
  return {
    prompts,
    capabilities: shares(({ capability }) => capability),
    labels: shares(({ label }) => label),
    ...(examples === undefined ? {} : { examples }),
  };
}

/** Makes the relation `asked_prompts` (cluster, prompt, system_prompt). */
async function samplePrompts(
  { engine }: RunContext,
  texts: string,
  evidence: Evidence,
  queries: readonly number[],
): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE asked_sizes (cluster INTEGER, one_in INTEGER)`);
  async function* sizes() {
    yield tableFromArrays({
      cluster: Int32Array.from(queries.keys()),
      one_in: Int32Array.from(queries, (count) => Math.max(1, Math.floor(count / (2 * promptsPerCluster)))),
    });
  }
  await engine.append('asked_sizes', sizes());
  // Names of accounts play no part, so that other names give the same shares.
  const draw = engine.dialect.hash(sql`timestamp`, sql`prompt`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE asked_prompts AS
    WITH own AS (
        SELECT DISTINCT cluster, text FROM cluster_values JOIN ${identifier(evidence.relation)} USING (value)
        WHERE split_part(text, ':', 1) IN (${join(templates.map((name) => sql`${name}`))})),
      sampled AS (
        SELECT cluster, prompt, system_prompt, ${draw} AS draw FROM ${identifier(texts)} JOIN members USING (account_id)
          JOIN asked_sizes USING (cluster)
        WHERE prompt IS NOT NULL AND ${draw} % one_in = 0
          AND (cluster NOT IN (SELECT cluster FROM own) OR ${carriesOwn(sql`cluster`, templates)}))
    SELECT cluster, prompt, system_prompt FROM sampled
    QUALIFY row_number() OVER (PARTITION BY cluster ORDER BY draw, prompt) <= ${promptsPerCluster}`);
}

/** A few different raw prompts of each cluster. */
async function examplePrompts({ engine }: RunContext): Promise<Map<number, string[]>> {
  const rows = await engine.query(sql`
    SELECT cluster, prompt FROM (SELECT DISTINCT cluster, left(prompt, ${mostCharacters}) AS prompt FROM asked_prompts)
    QUALIFY row_number() OVER (PARTITION BY cluster ORDER BY ${engine.dialect.hash(sql`prompt`)}, prompt) <= ${examplesShown}
    ORDER BY cluster, prompt`);
  const examples = new Map<number, string[]>();
  for (const { cluster, prompt } of rows) examples.set(cluster, [...(examples.get(cluster) ?? []), prompt]);
  return examples;
}
