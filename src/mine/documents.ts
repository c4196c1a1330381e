import type { Engine } from '../engine/engine.ts';
import { identifier, sql } from '../engine/sql.ts';
import { int32Column } from '../util/arrow.ts';
import { type Documents, leastWeight } from './learn.ts';
import { masked } from './mask.ts';
import { type TextSource, textsOf } from './sample.ts';
import { shingles } from './shingles.ts';

/** Rows of shingles that JavaScript is handed at most. */
const mostRows = 20_000_000;

/** A shingle may be part of a template where one in so many sampled texts has it. */
const textsPerFrequent = 10_000;

/**
 * Makes relation `documents` (document from 0, template_id: digest of the skeleton, text_key, weight: accounts): the different
 * skeletons of the sample, and `document_shingles` (document, shingle: from 0) of the shingles that are frequent.
 */
export async function collectDocuments(engine: Engine, source: TextSource): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE skeletons AS
    SELECT text_key, accounts, ${engine.dialect.digest(sql`text`)} AS template_id, text
    FROM (${masked(textsOf(source, sql`sampled_texts`))})`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE documents AS
    SELECT (row_number() OVER (ORDER BY weight DESC, template_id) - 1)::INTEGER AS document, *
    FROM (SELECT template_id, min(text_key) AS text_key, sum(accounts)::INTEGER AS weight FROM skeletons GROUP BY template_id)`);
  const texts = sql`SELECT document, weight, text FROM documents JOIN skeletons USING (text_key)`;
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE all_shingles AS
    SELECT document, weight, shingle FROM (${shingles(engine.dialect, texts, sql`document, weight`)})`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE frequent_shingles AS
    SELECT shingle AS hash, (row_number() OVER (ORDER BY shingle) - 1)::INTEGER AS shingle
    FROM (
      SELECT shingle, sum(rows) OVER () AS total FROM (
        SELECT shingle, count(*) AS rows FROM all_shingles GROUP BY shingle
        HAVING sum(weight) >= greatest(${leastWeight}, (SELECT sum(weight) FROM documents) / ${textsPerFrequent})))
    WHERE shingle % greatest(1, ceil(total / ${mostRows}))::UBIGINT = 0`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE document_shingles AS
    SELECT DISTINCT document, f.shingle FROM all_shingles a JOIN frequent_shingles f ON f.hash = a.shingle`);
  for (const name of ['skeletons', 'all_shingles']) await engine.execute(sql`DROP TABLE ${identifier(name)}`);
}

/** The documents and their frequent shingles, as typed arrays. */
export async function readDocuments(engine: Engine): Promise<Documents> {
  const weights = int32Column(await engine.query(sql`SELECT weight FROM documents ORDER BY document`), 'weight');
  const rows = await engine.query(sql`SELECT document, shingle FROM document_shingles`);
  const starts = new Int32Array(weights.length + 1);
  const owners = int32Column(rows, 'document');
  for (const document of owners) starts[document + 1] = (starts[document + 1] ?? 0) + 1;
  for (let document = 0; document < weights.length; document += 1)
    starts[document + 1] = (starts[document + 1] ?? 0) + (starts[document] ?? 0);
  const next = starts.slice();
  const items = new Int32Array(owners.length);
  int32Column(rows, 'shingle').forEach((shingle, row) => {
    const document = owners[row] ?? 0;
    items[next[document] ?? 0] = shingle;
    next[document] = (next[document] ?? 0) + 1;
  });
  return { shingles: { starts, items }, weights };
}
