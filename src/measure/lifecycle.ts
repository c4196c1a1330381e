import { sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** When an account was born, first and last seen; milliseconds since 1970 UTC. */
export const lifecycle: FeatureFamily = {
  id: 'lifecycle',
  features: [
    {
      name: 'first_seen_ms',
      needs: [],
      aggregate: (dialect) => sql`${dialect.epochMilliseconds(sql`min(timestamp)`)}::DOUBLE`,
    },
    {
      name: 'last_seen_ms',
      needs: [],
      aggregate: (dialect) => sql`${dialect.epochMilliseconds(sql`max(timestamp)`)}::DOUBLE`,
    },
    {
      name: 'created_at_ms',
      needs: ['account_created_at'],
      aggregate: (dialect) => sql`${dialect.epochMilliseconds(sql`min(account_created_at)`)}::DOUBLE`,
    },
  ],
};
