import { identifier, type Sql, sql } from '../../engine/sql.ts';
import type { DetectorContext } from '../detector.ts';
import { streamOf } from './sub-streams.ts';

/** Chi-square with 15 degrees of freedom exceeds this once in a thousand. */
const criticalValue = 37.7;

/** In the second round the strangers that the first one found no longer blur the pool. */
const rounds = 2;

/**
 * Makes relation `twins` (account, entity, region, label, queries, mean_input, mean_output): the sub-streams of `regions`
 * whose joint distribution of input and output tokens agrees with that of all others in the region within sampling noise.
 * The plane is cut into four by four bins at the quartiles of the pooled normal in ln(1 + tokens); the test is Pearson's
 * chi-square for homogeneity, so that the noise is that of each account's own number of calls.
 */
export async function createTwins(context: DetectorContext): Promise<void> {
  const { engine } = context;
  await engine.execute(sql`CREATE OR REPLACE TABLE region_bins AS ${binnedCalls(context)}`);
  await engine.execute(sql`CREATE OR REPLACE TABLE twins AS SELECT * FROM regions`);
  for (let round = 0; round < rounds; round += 1) {
    await engine.execute(sql`
      CREATE OR REPLACE TABLE twins AS
      WITH pool AS (
        SELECT region, bin, sum(calls) AS calls FROM region_bins
        WHERE (account, stream) IN (SELECT (account, stream) FROM twins) GROUP BY ALL),
        pools AS (SELECT region, sum(calls) AS all_calls FROM pool GROUP BY region),
        own AS (SELECT account, stream, sum(calls) AS own_calls FROM region_bins GROUP BY ALL),
        tested AS (
          SELECT account, stream, region,
            sum(bins.calls * bins.calls * all_calls / (own_calls * coalesce(pool.calls, bins.calls))) - own_calls AS chi_square
          FROM region_bins bins JOIN own USING (account, stream) JOIN pools USING (region)
          LEFT JOIN pool USING (region, bin) GROUP BY account, stream, region, own_calls)
      SELECT regions.* FROM regions JOIN tested USING (account, stream, region) WHERE chi_square < ${criticalValue}`);
  }
  for (const table of ['region_bins', 'regions']) await engine.execute(sql`DROP TABLE ${identifier(table)}`);
}

function binnedCalls(context: DetectorContext): Sql {
  const bin = (tokens: Sql, mean: Sql, spread: Sql) => sql`
    ((ln(1 + ${tokens}) > ${mean} - 0.6745 * ${spread})::INTEGER + (ln(1 + ${tokens}) > ${mean})::INTEGER
      + (ln(1 + ${tokens}) > ${mean} + 0.6745 * ${spread})::INTEGER)`;
  return sql`
    WITH shapes AS (
      SELECT region, round(avg(mean_input), 6) AS mean_input, round(avg(mean_output), 6) AS mean_output,
        round(avg(spread_input), 6) AS spread_input, round(avg(spread_output), 6) AS spread_output FROM regions GROUP BY region),
      sent AS (
        SELECT account_id, ${streamOf(context)} AS stream, input_tokens, output_tokens
        FROM ${identifier(context.calls.relation)}
        WHERE account_id IN (SELECT account_id FROM regions) AND input_tokens IS NOT NULL AND output_tokens IS NOT NULL)
    SELECT account, stream, region, 4 * ${bin(sql`input_tokens`, sql`s.mean_input`, sql`s.spread_input`)}
      + ${bin(sql`output_tokens`, sql`s.mean_output`, sql`s.spread_output`)} AS bin, count(*)::DOUBLE AS calls
    FROM sent JOIN regions USING (account_id, stream) JOIN shapes s USING (region) GROUP BY ALL`;
}
