import type { Actor } from './actor.ts';
import { automation } from './actors/automation.ts';
import { campaigns } from './actors/campaigns.ts';
import { customersOfResellers } from './actors/customers-of-resellers.ts';
import { evaluations } from './actors/evaluations.ts';
import { firms } from './actors/firms.ts';
import { gateways } from './actors/gateways.ts';
import { individuals } from './actors/individuals.ts';
import { launches } from './actors/launches.ts';
import { licensedDistillation } from './actors/licensed-distillation.ts';
import { machines } from './actors/machines.ts';
import { organisations } from './actors/organisations.ts';
import { relays } from './actors/relays.ts';
import { research } from './actors/research.ts';
import { schools } from './actors/schools.ts';
import { sharedNetworks } from './actors/shared-networks.ts';
import type { World } from './world.ts';

/** What a world of look-alikes has beside everything that an ordinary world has. */
const lookalikes: readonly ((world: World) => Actor[])[] = [
  automation,
  evaluations,
  firms,
  gateways,
  launches,
  licensedDistillation,
  research,
  schools,
  sharedNetworks,
];

/** Everybody in a world; `traces` is the number of real clients to draw heavy ones from. */
export function actorsOf(world: World, traces: number): Actor[] {
  return [
    ...individuals(world),
    ...organisations(world),
    ...machines(world, traces),
    ...campaigns(world),
    ...relays(world),
    ...customersOfResellers(world),
    ...(world.lookalikes ? lookalikes.flatMap((theme) => theme(world)) : []),
  ];
}
