import type { RunContext } from '../../engine/context.ts';
import { identifier, sql } from '../../engine/sql.ts';

/** Prompts of an account that are read, and those of all accounts together, which bounds memory and time. */
const promptsPerAccount = 40;
const mostPrompts = 800_000;
const fewestPrompts = 5;

/** What follows in a longer prompt is seldom of another subject. */
const mostCharacters = 2_000;

/**
 * Makes the relation `sampled_prompts` (account_id, prompt, timestamp of its first call): different prompts of the accounts
 * in relation `drawn`, picked by what they say. `texts` is that of the calls. Keys are picked before any text is kept, since
 * a group of texts does not spill to disk.
 */
export async function storeSampledPrompts({ engine }: RunContext, texts: string): Promise<void> {
  const key = engine.dialect.hash(sql`prompt`);
  const counted = await engine.query(sql`SELECT count(DISTINCT account_id)::INTEGER AS accounts FROM drawn`);
  const accounts: number = counted.getChild('accounts')?.get(0) ?? 0;
  const each = Math.max(fewestPrompts, Math.min(promptsPerAccount, Math.floor(mostPrompts / Math.max(1, accounts))));
  await engine.execute(sql`
    CREATE OR REPLACE TABLE sampled_keys AS
    SELECT account_id, unnest(min(key, ${each})) AS key
    FROM (
      SELECT DISTINCT account_id, ${key} AS key FROM ${identifier(texts)}
      WHERE prompt IS NOT NULL AND account_id IN (SELECT account_id FROM drawn))
    GROUP BY account_id`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE sampled_prompts AS
    SELECT account_id, left(any_value(prompt), ${mostCharacters}) AS prompt, min(timestamp) AS timestamp
    FROM (SELECT account_id, ${key} AS key, prompt, timestamp FROM ${identifier(texts)} WHERE prompt IS NOT NULL)
    JOIN sampled_keys USING (account_id, key) GROUP BY account_id, key`);
  await engine.execute(sql`DROP TABLE sampled_keys`);
}
