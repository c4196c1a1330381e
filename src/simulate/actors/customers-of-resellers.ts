import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { customersOf } from '../customers.ts';
import type { World } from '../world.ts';
import { person, product } from './individuals.ts';
import { application } from './machines.ts';

/** Those who buy access from somebody else: anybody, with no account of their own. */
export function customersOfResellers(world: World): Actor[] {
  const kinds = [
    { kind: 'customer-person', share: 0.5, columns: (draw: Draw) => person(draw) },
    { kind: 'customer-product', share: 0.35, columns: (draw: Draw) => ({ ...person(draw), ...product(draw) }) },
    { kind: 'customer-application', share: 0.15, columns: (draw: Draw) => application(draw) },
  ];
  return kinds.map(({ kind, share, columns }) => ({
    kind,
    label: '',
    groups: Math.ceil(customersOf(world) * share),
    size: sql`1`,
    columns: (draw) => ({ ...columns(draw), is_customer: sql`true` }),
  }));
}
