import type { Engine } from '../../engine/engine.ts';
import { sql } from '../../engine/sql.ts';
import { placedCalls, requestId } from '../calls.ts';
import type { World } from '../world.ts';
import { withTexts } from './compose.ts';

/** Calls of which it is written down what they are after. */
const sampleSize = 20_000;

/** Calls of one kind of customer by one script that are looked at on one day. */
const callsOfDay = 40;

export async function createTextTruth(engine: Engine): Promise<void> {
  await engine.execute(sql`
    CREATE TABLE text_truth (request_id VARCHAR, account_id VARCHAR, kind VARCHAR, campaign VARCHAR, label VARCHAR,
      capability VARCHAR, language VARCHAR, script VARCHAR, draw UBIGINT)`);
}

/** Puts a few of a day's calls, of each kind of customer by each script, into the table `text_truth`. */
export async function sampleTextTruth(engine: Engine, world: World, day: number): Promise<void> {
  await engine.execute(sql`
    INSERT INTO text_truth
    SELECT c.request_id, c.account_id, c.kind, c.campaign, s.label, s.capability, s.language, s.name, c.draw
    FROM (SELECT ${requestId} AS request_id, account_id, kind, CASE WHEN is_cover THEN '' ELSE label END AS campaign, script,
        hash(hash(h, 'truth')) AS draw
      FROM ${withTexts(world, placedCalls(world, day))}
      QUALIFY row_number() OVER (PARTITION BY kind, is_cover, script ORDER BY draw, request_id) <= ${callsOfDay}) c
    JOIN scripts s ON s.script = c.script`);
}

/** Writes 20,000 of them, as evenly over kinds and scripts as there are calls. */
export async function writeTextTruth(engine: Engine, path: string): Promise<void> {
  await engine.execute(sql`
    COPY (
      SELECT request_id, account_id, kind, nullif(campaign, '') AS campaign, nullif(label, '') AS label, capability, language, script
      FROM (SELECT *, row_number() OVER (PARTITION BY kind, campaign, script, language ORDER BY draw, request_id) AS rank FROM text_truth
        ORDER BY rank, draw, request_id LIMIT ${sampleSize})
      ORDER BY request_id) TO ${path} (FORMAT csv, HEADER)`);
}
