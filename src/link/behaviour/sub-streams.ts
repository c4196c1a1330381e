import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import type { CanonicalColumn } from '../../model/column.ts';
import type { DetectorContext } from '../detector.ts';

/** Columns whose values split an account's calls into sub-streams: one kind of work keeps them. */
export const streamColumns: readonly CanonicalColumn[] = ['model', 'endpoint', 'max_tokens', 'temperature', 'stream'];

/** Calls a sub-stream needs before its shape can be told from another one's. */
export const fewestCalls = 32;

/** Settings that vary from call to call must not make every call a sub-stream of its own. */
const coarse: Readonly<Partial<Record<CanonicalColumn, (column: Sql) => Sql>>> = {
  max_tokens: (column) => sql`floor(log2(1 + greatest(0, ${column})))`,
  temperature: (column) => sql`round(${column}, 1)`,
};

/** The sub-stream a call belongs to, as a 64-bit number. */
export function streamOf({ engine, calls }: DetectorContext): Sql {
  const columns = streamColumns.filter((column) => calls.columns.has(column));
  return engine.dialect.hash(
    sql`0::INTEGER`,
    ...columns.map((column) => coarse[column]?.(identifier(column)) ?? identifier(column)),
  );
}

/**
 * Makes relation `sub_streams`: a row for each account and sub-stream of at least 32 calls, with `account_id`, `account`,
 * `entity`, `stream`, `label` (model and endpoint), `queries`, and mean and spread (standard deviation) of ln(1 + tokens).
 */
export async function createSubStreams(context: DetectorContext): Promise<void> {
  const { engine, calls, features } = context;
  const input = sql`ln(1 + input_tokens)`;
  const output = sql`ln(1 + output_tokens)`;
  const spread = (value: Sql) => sql`round(sqrt(greatest(0, avg(${value} * ${value}) - avg(${value}) ** 2)), 9)`;
  const names = (['model', 'endpoint'] as const).filter((column) => calls.columns.has(column));
  const label = join([sql`''`, ...names.map((column) => sql`any_value(${identifier(column)})`)]);
  await engine.execute(sql`
    CREATE OR REPLACE TABLE sub_streams AS
    WITH grouped AS (
      SELECT account_id, ${streamOf(context)} AS stream, concat_ws(' ', ${label}) AS label, count(*)::DOUBLE AS queries,
        round(avg(${input}), 9) AS mean_input, round(avg(${output}), 9) AS mean_output,
        ${spread(input)} AS spread_input, ${spread(output)} AS spread_output
      FROM ${identifier(calls.relation)} WHERE input_tokens IS NOT NULL AND output_tokens IS NOT NULL
      GROUP BY ALL HAVING count(*) >= ${fewestCalls})
    SELECT account, entity, grouped.* FROM grouped JOIN ${identifier(features.relation)} USING (account_id)`);
}
