import { join, sql } from '../engine/sql.ts';
import type { FeatureFamily } from './family.ts';

/** Hours of one part of the day. */
const partHours = 6;

const callsByPart = Array.from(
  { length: 24 / partHours },
  (_, part) => sql`count(*) FILTER (WHERE extract(hour FROM timestamp) // ${partHours} = ${part})`,
);

/** When an account is active. Days are counted modulo 62, so a log of more than 62 days counts too few. */
export const rhythm: FeatureFamily = {
  id: 'rhythm',
  features: [
    {
      name: 'active_hours_of_day',
      needs: [],
      aggregate: (dialect) => dialect.distinctSmallIntegers(sql`extract(hour FROM timestamp)`),
    },
    // The part of the day with most calls, 0 = from midnight UTC.
    {
      name: 'main_hours',
      needs: [],
      aggregate: () => sql`list_position([${join(callsByPart)}], greatest(${join(callsByPart)}))::INTEGER - 1`,
    },
    // 1 where a day of the weekend has more calls than another day, else 0.
    {
      name: 'main_days',
      needs: [],
      aggregate: () => sql`(7 * count(*) FILTER (WHERE extract(isodow FROM timestamp) > 5) > 2 * count(*))::INTEGER`,
    },
    {
      name: 'active_days',
      needs: [],
      aggregate: (dialect) => dialect.distinctSmallIntegers(sql`${dialect.epochSeconds(sql`timestamp`)} // 86400 % 62`),
    },
  ],
};
