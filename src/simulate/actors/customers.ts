import { sql } from '../../engine/sql.ts';
import type { Actor, Draw } from '../actor.ts';
import { customersOf } from '../evasion.ts';
import type { World } from '../world.ts';
import { person, product } from './individuals.ts';
import { application } from './machines.ts';

/** Those who buy access from a hydra: anybody, with an account of none. */
export function customers(world: World): Actor[] {
  if (world.evasion < 4) return [];
  const all = customersOf(world);
  const kinds = [
    { kind: 'customer-person', share: 0.5, columns: (draw: Draw) => person(draw) },
    { kind: 'customer-product', share: 0.35, columns: (draw: Draw) => ({ ...person(draw), ...product(draw) }) },
    { kind: 'customer-application', share: 0.15, columns: (draw: Draw) => application(draw) },
  ];
  return kinds.map(({ kind, share, columns }) => ({
    kind,
    label: '',
    groups: Math.ceil(all * share),
    size: sql`1`,
    columns: (draw) => ({ ...columns(draw), is_customer: sql`true` }),
  }));
}
