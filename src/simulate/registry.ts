import type { Actor } from './actor.ts';
import { campaigns } from './actors/campaigns.ts';
import { customers } from './actors/customers.ts';
import { individuals } from './actors/individuals.ts';
import { machines } from './actors/machines.ts';
import { organisations } from './actors/organisations.ts';
import type { World } from './world.ts';

/** Everybody in a world; `traces` is the number of real clients to draw heavy ones from. */
export function actorsOf(world: World, traces: number): Actor[] {
  return [
    ...individuals(world),
    ...organisations(world),
    ...machines(world, traces),
    ...campaigns(world),
    ...customers(world),
  ];
}
