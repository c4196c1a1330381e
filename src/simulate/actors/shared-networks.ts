import { sql } from '../../engine/sql.ts';
import type { Actor } from '../actor.ts';
import type { World } from '../world.ts';
import { person } from './individuals.ts';

/** People behind one privacy network: thousands of strangers leave it at a dozen addresses. */
export function sharedNetworks(world: World): Actor[] {
  return [
    {
      kind: 'privacy-network',
      label: '',
      groups: Math.max(20, world.benignAccounts * 0.05),
      size: sql`1`,
      columns: (draw) => ({
        ...person(draw),
        home_share: sql`0.1`,
        pool: draw.sharedKey('privacy network', sql`0`),
        pool_size: sql`12`,
        pool_own: sql`12`,
      }),
    },
  ];
}
