import type { Engine } from '../engine/engine.ts';
import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/** Where texts are read from: a relation with `call_number` and `account_id`, and its column. */
export interface TextSource {
  readonly relation: string;
  readonly column: CanonicalColumn;
}

/** Texts of one account that are learned from; what one customer writes a thousand times is learned from fewer. */
const textsPerAccount = 50;

/** Most texts that are learned from; half of them are those of most accounts. Bounds the memory that learning takes. */
export const textsLearnedFrom = 200_000;

/**
 * Makes relations `text_owners` (text_key, owner: a hash of the account), `text_calls` (text_key, call_number): each different text of a column, by a hash, and the first call that
 * has it; and `sampled_texts` (text_key, accounts): the texts to learn from. The choice depends on what is written and by
 * how many, not on names or the order of rows.
 */
export async function sampleTexts(engine: Engine, source: TextSource): Promise<void> {
  const { hash } = engine.dialect;
  const text = identifier(source.column);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE text_owners AS
    SELECT ${hash(text)} AS text_key, ${hash(sql`account_id`)} AS owner, min(call_number) AS call_number
    FROM ${identifier(source.relation)} WHERE ${text} IS NOT NULL GROUP BY ALL`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE text_calls AS SELECT text_key, min(call_number) AS call_number FROM text_owners GROUP BY text_key`);
  const half = textsLearnedFrom / 2;
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE sampled_texts AS
    WITH sizes AS (SELECT owner, count(*) AS texts FROM text_owners GROUP BY owner),
      kept AS (
        SELECT text_key, count(*)::INTEGER AS accounts FROM text_owners JOIN sizes USING (owner)
        WHERE ${hash(sql`text_key`)} / 18446744073709551616 <= ${textsPerAccount} / texts GROUP BY text_key),
      common AS (SELECT * FROM kept ORDER BY accounts DESC, text_key LIMIT ${half}),
      others AS (SELECT * FROM kept ORDER BY ${hash(sql`text_key`)}, text_key LIMIT ${half})
    SELECT * FROM common UNION SELECT * FROM others`);
}

/** The calls that stand for the texts of a relation with `text_key`, with columns `text_key`, those of the relation, and `text`. */
export function textsOf({ relation, column }: TextSource, chosen: Sql): Sql {
  return sql`
    SELECT c.*, t.${identifier(column)} AS text
    FROM ${identifier(relation)} t JOIN (SELECT * FROM ${chosen} JOIN text_calls USING (text_key)) c USING (call_number)`;
}
