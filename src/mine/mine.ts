import { combinations } from '../engine/combinations.ts';
import type { RunContext } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import { type CanonicalColumn, promptColumns, templateColumns } from '../model/column.ts';
import { assignTemplates, storeWordings } from './assign.ts';
import { collectDocuments, readDocuments } from './documents.ts';
import { learnTemplates } from './learn.ts';
import { sampleTexts, type TextSource } from './sample.ts';
import { addTemplateTexts } from './template-texts.ts';

/** Columns that are kept for this stage and those that read texts after it. */
export const mineColumns: readonly CanonicalColumn[] = promptColumns;

/** Where the template of each text goes. */
const minedColumns: readonly { readonly text: CanonicalColumn; readonly hash: CanonicalColumn }[] = [
  { text: 'prompt', hash: 'template_hash' },
  { text: 'system_prompt', hash: 'system_prompt_hash' },
];

/** Hashes that come with each text in the relation `texts`. */
const textHashes: readonly CanonicalColumn[] = ['prompt_hash', 'template_hash', 'system_prompt_hash'];

/**
 * Gives calls whose `template_hash` and `system_prompt_hash` are templates mined from their texts: fillings of one template,
 * its paraphrases and salted copies have one id. Calls without a text keep the hash that the log gives them, and logs without
 * texts stay as they are.
 */
export async function mine(context: RunContext, calls: Calls): Promise<Calls> {
  if (calls.texts === undefined) return calls;
  const { engine } = context;
  await engine.execute(sql`CREATE TABLE template_texts (template_id VARCHAR, text VARCHAR)`);
  const mined: Mined[] = [];
  for (const { text, hash } of minedColumns) {
    const source = { relation: calls.texts, column: text };
    if (await hasTexts(engine, source)) mined.push({ ...(await mineColumn(context, source)), hash });
  }
  const columns = new Set([...calls.columns, ...mined.map(({ hash }) => hash)]);
  await createMined(engine, calls, mined);
  await engine.execute(combinations('templates', 'mined', templateColumns, columns));
  return { ...calls, relation: 'mined', columns, texts: 'texts', templateTexts: 'template_texts' };
}

interface Mined {
  readonly source: TextSource;
  /** Relation of the templates of its texts. */
  readonly assigned: string;
  readonly hash: CanonicalColumn;
}
async function hasTexts(engine: Engine, { relation, column }: TextSource): Promise<boolean> {
  const found = await engine.query(
    sql`SELECT 1 FROM ${identifier(relation)} WHERE ${identifier(column)} IS NOT NULL LIMIT 1`,
  );
  return found.numRows > 0;
}

/** Learns the templates of one column from a sample of its texts, and finds those of all its texts. */
async function mineColumn({ engine, breathe }: RunContext, source: TextSource): Promise<Omit<Mined, 'hash'>> {
  const assigned = `mined_${source.column}`;
  await sampleTexts(engine, source);
  await collectDocuments(engine, source);
  await storeWordings(engine, await learnTemplates(await readDocuments(engine), breathe));
  await assignTemplates(engine, source, assigned);
  await addTemplateTexts(engine, source, assigned);
  return { source, assigned };
}

/** Makes relation `mined`, the calls without their texts, and `texts`, the texts with what was mined from them. */
async function createMined(engine: Engine, calls: Calls, mined: readonly Mined[]): Promise<void> {
  const source = identifier(calls.texts ?? calls.relation);
  const joins = mined.map(({ source: { column }, assigned }) => {
    const key = sql`${identifier(assigned)}.text_key = ${engine.dialect.hash(identifier(column))}`;
    return sql`LEFT JOIN ${identifier(assigned)} ON ${key}`;
  });
  const expression = (name: CanonicalColumn): Sql => {
    const given = calls.columns.has(name) ? sql`c.${identifier(name)}` : sql`NULL::VARCHAR`;
    const assigned = mined.find(({ hash }) => hash === name)?.assigned;
    return assigned === undefined ? given : sql`coalesce(${identifier(assigned)}.template_id, ${given})`;
  };
  const hashes = (names: readonly CanonicalColumn[]) =>
    join(names.map((name) => sql`${expression(name)} AS ${identifier(name)}`));
  const replaced = mined.map(({ hash }) => hash);
  const kept = [...replaced].filter((name) => calls.columns.has(name)).map(identifier);
  const dropped = join([sql`prompt`, sql`system_prompt`, sql`call_number`, ...kept]);
  await engine.execute(sql`
    CREATE TEMP TABLE mined AS
    SELECT c.* EXCLUDE (${dropped}), ${hashes(replaced)} FROM ${source} c ${join(joins, ' ')}`);
  await engine.execute(sql`
    CREATE TEMP VIEW texts AS
    SELECT account_id, timestamp, prompt, system_prompt, ${hashes(textHashes)} FROM ${source} c ${join(joins, ' ')}`);
}
