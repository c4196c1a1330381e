import { type Sql, sql } from '../engine/sql.ts';
import type { FeatureFamily, RowMeaning } from './family.ts';

/**
 * The shape of an account's calls: mean and spread of the natural logarithm of 1 + tokens. Of the totals of a bucket only the
 * mean call is known, so calls within one count as alike.
 */
export const shape: FeatureFamily = {
  id: 'shape',
  features: [
    { name: 'mean_log_input', needs: ['input_tokens'], aggregate: (_dialect, rows) => mean(sql`input_tokens`, rows) },
    {
      name: 'mean_log_output',
      needs: ['output_tokens'],
      aggregate: (_dialect, rows) => mean(sql`output_tokens`, rows),
    },
    {
      name: 'spread_log_output',
      needs: ['output_tokens'],
      aggregate: (_dialect, rows) => spread(sql`output_tokens`, rows),
    },
  ],
};

function mean(tokens: Sql, { weight }: RowMeaning): Sql {
  if (weight === undefined) return sql`avg(ln(1 + ${tokens}))`;
  return weighted(sql`ln(1 + ${tokens} / nullif(${weight}, 0))`, weight);
}

function spread(tokens: Sql, { weight }: RowMeaning): Sql {
  if (weight === undefined) return sql`stddev_pop(ln(1 + ${tokens}))`;
  const logarithm = sql`ln(1 + ${tokens} / nullif(${weight}, 0))`;
  const variance = sql`${weighted(sql`(${logarithm}) ** 2`, weight)} - (${weighted(logarithm, weight)}) ** 2`;
  return sql`sqrt(greatest(0, ${variance}))`;
}

function weighted(value: Sql, weight: Sql): Sql {
  return sql`sum(${weight} * ${value}) / nullif(sum(${weight}) FILTER (WHERE ${value} IS NOT NULL), 0)`;
}
