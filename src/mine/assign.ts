import { tableFromArrays } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import { identifier, sql } from '../engine/sql.ts';
import { chooseAnchors } from './anchors.ts';
import type { Wording } from './learn.ts';
import { masked } from './mask.ts';
import { type TextSource, textsOf } from './sample.ts';
import { shingles } from './shingles.ts';

/** Share of a wording's anchors that a text of it has, and their number at the least. */
const anchorShare = 0.5;
const fewestAnchors = 4;

/**
 * Makes relations `wordings` (wording, template_id, anchors, text_key of its leader), `anchors` (shingle: its hash, wording,
 * place) and `constants` (shingle: its hash, wording).
 */
export async function storeWordings(engine: Engine, wordings: readonly Wording[]): Promise<void> {
  const anchors = chooseAnchors(wordings);
  await engine.execute(sql`CREATE OR REPLACE TEMP TABLE learned (wording INTEGER, leader INTEGER, root INTEGER)`);
  await engine.execute(sql`CREATE OR REPLACE TEMP TABLE chosen (shingle INTEGER, wording INTEGER, place INTEGER)`);
  await engine.execute(sql`CREATE OR REPLACE TEMP TABLE constant (shingle INTEGER, wording INTEGER)`);
  async function* learned() {
    yield tableFromArrays({
      wording: Int32Array.from(wordings.keys()),
      leader: Int32Array.from(wordings, ({ leader }) => leader),
      root: Int32Array.from(wordings, ({ root }) => root),
    });
  }
  async function* chosen() {
    yield tableFromArrays({ shingle: anchors.shingles, wording: anchors.wordings, place: anchors.places });
  }
  async function* constant() {
    for (const [wording, { constants }] of wordings.entries())
      yield tableFromArrays({ shingle: constants, wording: new Int32Array(constants.length).fill(wording) });
  }
  await engine.append('learned', learned());
  await engine.append('chosen', chosen());
  await engine.append('constant', constant());
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE constants AS
    SELECT hash AS shingle, wording FROM constant JOIN frequent_shingles USING (shingle)`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE anchors AS
    SELECT hash AS shingle, wording, place FROM chosen JOIN frequent_shingles USING (shingle)`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE wordings AS
    SELECT wording, r.template_id, count(*)::INTEGER AS anchors, any_value(l.text_key) AS text_key
    FROM learned JOIN documents r ON r.document = root JOIN documents l ON l.document = leader JOIN anchors USING (wording)
    GROUP BY ALL`);
  for (const name of ['learned', 'chosen', 'constant']) await engine.execute(sql`DROP TABLE ${identifier(name)}`);
}

/**
 * Makes relation `target` (text_key, template_id, wording or NULL): for every different text, the template that it is a
 * filling of, by the wording of which it has most anchors; a text of no learned template is one of its own with all texts of
 * the same skeleton. A text is looked at once, whatever the number of templates.
 */
export async function assignTemplates(engine: Engine, source: TextSource, target: string): Promise<void> {
  const skeletons = sql`
    SELECT text_key, ${engine.dialect.digest(sql`text`)} AS skeleton, text
    FROM (${masked(textsOf(source, sql`(SELECT text_key FROM text_calls)`))})`;
  const found = shingles(engine.dialect, skeletons, sql`text_key, skeleton`, true);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE ${identifier(target)} AS
    WITH marks AS (SELECT shingle, wording, place FROM anchors UNION ALL SELECT 0, -1, 0),
      seen AS (
        SELECT text_key, skeleton, wording, ${engine.dialect.distinctSmallIntegers(sql`m.place`)} AS hits
        FROM (${found}) s JOIN marks m USING (shingle) GROUP BY ALL),
      judged AS (
        SELECT seen.*, template_id, hits / anchors AS share FROM seen LEFT JOIN wordings USING (wording)
        WHERE wording = -1 OR (hits >= ${fewestAnchors} AND hits >= ${anchorShare} * anchors))
    SELECT text_key, coalesce(arg_max(template_id, (share, hits, -wording)), skeleton) AS template_id,
      arg_max(wording, (share, hits, -wording)) FILTER (wording >= 0) AS wording
    FROM judged GROUP BY text_key, skeleton`);
}
