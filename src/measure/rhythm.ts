import { sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** When an account is active. Days are counted modulo 62, so a log of more than 62 days counts too few. */
export const rhythm: FeatureFamily = {
  id: 'rhythm',
  features: [
    {
      name: 'active_hours_of_day',
      needs: [],
      aggregate: (dialect) => dialect.distinctSmallIntegers(sql`extract(hour FROM timestamp)`),
    },
    {
      name: 'active_days',
      needs: [],
      aggregate: (dialect) => dialect.distinctSmallIntegers(sql`${dialect.epochSeconds(sql`timestamp`)} // 86400 % 62`),
    },
  ],
};
