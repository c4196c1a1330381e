import { identifier, type Sql, sql } from '../../engine/sql.ts';
import type { DetectorContext } from '../detector.ts';
import { fewestCalls } from './sub-streams.ts';

/** Width of a cell in standard errors: most sub-streams of one queue fall into one cell of one of the two grids. */
const cellWidth = 4;

/** An account takes part in the grids made for its own number of calls and for up to four times fewer. */
const levelsBelow = 2;

/**
 * Makes relation `regions`: for each sub-stream that lies in a crowded cell, the most surprising such cell (`region`).
 *
 * Sub-streams are put into grids over mean and spread of their token counts. A level has the cell width that the sampling
 * noise of 2^level calls asks for, so that thin accounts are compared coarsely and busy ones finely; each level has two
 * grids, half a cell apart. A cell is crowded where entities of one sub-stream are more than the eight cells around it (in
 * the two means, at the same spreads) predict: independent customers are spread smoothly on the scale of their noise, the
 * workers of one queue are a point. Two things are asked: a Poisson tail below `expectedFalse` over all cells, and that at
 * least half of the entities in the cell are in excess.
 */
export async function createRegions({ engine }: DetectorContext, expectedFalse: number): Promise<void> {
  const key = sql`stream, level, grid, a, b, c, d`;
  await engine.execute(sql`CREATE OR REPLACE TABLE cells AS ${cellsOfStreams}`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE crowded AS
    WITH counts AS (SELECT ${key}, count(DISTINCT entity) AS entities FROM cells GROUP BY ALL),
      steps AS (SELECT x.range - 1 AS x, y.range - 1 AS y FROM range(3) x, range(3) y WHERE x.range <> 1 OR y.range <> 1),
      around AS (
        SELECT stream, level, grid, a + x AS a, b + y AS b, c, d, sum(entities) AS entities
        FROM counts, steps GROUP BY ALL),
      compared AS (
        SELECT counts.*, (coalesce(around.entities, 0) + 1) / 8 AS expected
        FROM counts LEFT JOIN around USING (${key})),
      judged AS (SELECT *, entities * ln(entities / expected) - entities + expected AS surprise FROM compared WHERE entities > expected)
    SELECT row_number() OVER (ORDER BY surprise DESC, ${key})::INTEGER AS region, * FROM judged
    WHERE entities >= 3 AND expected * 2 <= entities
      AND surprise > ln(greatest(1, (SELECT count(*) FROM counts)) / ${expectedFalse})`);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE regions AS
    SELECT account, account_id, entity, stream, label, queries, mean_input, mean_output, spread_input, spread_output,
      min(region) AS region
    FROM cells JOIN crowded USING (${key}) GROUP BY ALL`);
  for (const table of ['cells', 'crowded']) await engine.execute(sql`DROP TABLE ${identifier(table)}`);
}

const cellsOfStreams: Sql = sql`
  WITH noise AS (SELECT median(spread_input) AS input, median(spread_output) AS output FROM sub_streams),
    levelled AS (
      SELECT *, unnest(generate_series(
        greatest(${Math.log2(fewestCalls)}, floor(log2(queries)) - ${levelsBelow})::INTEGER, floor(log2(queries))::INTEGER)) AS level
      FROM sub_streams),
    sized AS (
      SELECT levelled.*, ${cellWidth} * greatest(noise.input, 1e-6) / sqrt(2 ** level) AS width_input,
        ${cellWidth} * greatest(noise.output, 1e-6) / sqrt(2 ** level) AS width_output, unnest([0, 1]) AS grid
      FROM levelled, noise)
  SELECT *, floor(mean_input / width_input + grid / 2)::INTEGER AS a, floor(mean_output / width_output + grid / 2)::INTEGER AS b,
    floor(spread_input / width_input * sqrt(2) + grid / 2)::INTEGER AS c, floor(spread_output / width_output * sqrt(2) + grid / 2)::INTEGER AS d
  FROM sized`;
