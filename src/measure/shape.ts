import { sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** The shape of an account's calls: mean and spread of the natural logarithm of 1 + tokens. */
export const shape: FeatureFamily = {
  id: 'shape',
  features: [
    { name: 'mean_log_input', needs: ['input_tokens'], aggregate: () => sql`avg(ln(1 + input_tokens))` },
    { name: 'mean_log_output', needs: ['output_tokens'], aggregate: () => sql`avg(ln(1 + output_tokens))` },
    { name: 'spread_log_output', needs: ['output_tokens'], aggregate: () => sql`stddev_pop(ln(1 + output_tokens))` },
  ],
};
