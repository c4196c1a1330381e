import { sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** How much an account asks for. */
export const volume: FeatureFamily = {
  id: 'volume',
  features: [
    { name: 'queries', needs: [], aggregate: (_dialect, { queries }) => queries },
    { name: 'input_tokens', needs: ['input_tokens'], aggregate: () => sql`coalesce(sum(input_tokens), 0)::DOUBLE` },
    { name: 'output_tokens', needs: ['output_tokens'], aggregate: () => sql`coalesce(sum(output_tokens), 0)::DOUBLE` },
    { name: 'cached_tokens', needs: ['cached_tokens'], aggregate: () => sql`coalesce(sum(cached_tokens), 0)::DOUBLE` },
    // The first and the last of its models by name: together they tell apart who uses what, at the cost of no distinct count.
    { name: 'first_model', needs: ['model'], aggregate: () => sql`min(model)` },
    { name: 'last_model', needs: ['model'], aggregate: () => sql`max(model)` },
    { name: 'first_country', needs: ['country'], aggregate: () => sql`min(country)` },
    { name: 'first_asn', needs: ['asn'], aggregate: () => sql`min(asn)` },
    {
      name: 'failed_queries',
      needs: ['status'],
      aggregate: () => sql`count(*) FILTER (WHERE status >= 400)::DOUBLE`,
    },
  ],
};
