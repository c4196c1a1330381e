/** Worlds that `simulate` can write, and what each has beside ordinary honest accounts. */
export const scenarioParts = {
  /** The three disclosed campaigns. */
  seed: { campaigns: ['campaign-1', 'campaign-2', 'campaign-3'], relays: 0, density: 1, lookalikes: false },
  /** Nothing. */
  benign: { campaigns: [], relays: 0, density: 1, lookalikes: false },
  /** Everything innocent that resembles a network, and much of it. */
  lookalikes: { campaigns: [], relays: 0, density: 4, lookalikes: true },
  /** Three small relays that resell access. */
  relays: { campaigns: [], relays: 3, density: 1, lookalikes: false },
  /** One network of 25,000 accounts, each of which does little. */
  network: { campaigns: ['network'], relays: 0, density: 1, lookalikes: false },
} as const;

export const scenarios = ['seed', 'benign', 'lookalikes', 'relays', 'network'] as const satisfies readonly Scenario[];

export type Scenario = keyof typeof scenarioParts;
