import type { World } from './world.ts';

/** Customers of a hydra for each of its accounts, so that few of them are met on two. */
const customersPerAccount = 8;

/** Customers of a small relay. */
export const relayCustomers = 40;

/** Customers from whom the gateways have theirs. */
export const exchangeCustomers = 1_000;

/** Number of customers of campaigns who mix other people's traffic in. */
export function hydraCustomers(world: World): number {
  if (world.evasion < 4) return 0;
  return customersPerAccount * world.campaigns.reduce((sum, { accounts }) => sum + accounts, 0);
}

/** Number of those in a world who call through somebody else's account. */
export function customersOf(world: World): number {
  return Math.max(
    hydraCustomers(world),
    relayCustomers * world.relays.length,
    world.lookalikes ? exchangeCustomers : 0,
  );
}
