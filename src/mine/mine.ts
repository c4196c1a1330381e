import { combinations } from '../engine/combinations.ts';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import { type CanonicalColumn, promptColumns, templateColumns } from '../model/column.ts';

/** Columns that are kept for this stage and those that read texts after it. */
export const mineColumns: readonly CanonicalColumn[] = promptColumns;

/** Hashes that come with each text in the relation `texts`. */
const hashColumns: readonly CanonicalColumn[] = ['prompt_hash', 'template_hash', 'system_prompt_hash'];

/** Gives calls whose templates are mined from their prompts; logs without prompts stay as they are. */
export async function mine({ engine }: RunContext, calls: Calls): Promise<Calls> {
  if (calls.texts === undefined) return calls;
  const source = identifier(calls.texts);
  const hashes = hashColumns.map((name) =>
    calls.columns.has(name) ? identifier(name) : sql`NULL::VARCHAR AS ${identifier(name)}`,
  );
  await engine.execute(sql`
    CREATE TEMP VIEW texts AS SELECT account_id, timestamp, prompt, system_prompt, ${join(hashes)} FROM ${source}`);
  await engine.execute(sql`CREATE TEMP VIEW mined AS SELECT * EXCLUDE (prompt, system_prompt) FROM ${source}`);
  await engine.execute(combinations('templates', 'mined', templateColumns, calls.columns));
  await engine.execute(sql`CREATE TABLE template_texts (template_id VARCHAR, text VARCHAR)`);
  return { ...calls, relation: 'mined', texts: 'texts', templateTexts: 'template_texts' };
}
