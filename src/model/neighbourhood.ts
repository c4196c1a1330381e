import type { Family } from './report.ts';

/** What one account shares with others, in a cluster or not. */
export interface Neighbourhood {
  readonly id: string;
  /** Whether the log has the account at all. */
  readonly isKnown: boolean;
  /** The rarest first: what fewest of those who have any such value share. */
  readonly values: readonly NeighbourValue[];
  /** Accounts that share any of `values`, those first that share what strangers rarely share. */
  readonly neighbours: readonly Neighbour[];
}

export interface NeighbourValue {
  readonly detector: string;
  readonly family: Family;
  /** Raw from the log: hostile text. */
  readonly text: string;
  /** Entities that use it, of `population` that have any value of the detector. */
  readonly sharers: number;
  readonly population: number;
  /** Calls of the account that carry it. */
  readonly queries: number;
}

export interface Neighbour {
  readonly id: string;
  /** Number of `values` that it shares. */
  readonly shared: number;
  /** Sum of ln(population / sharers) over them, nats. */
  readonly surprise: number;
}
