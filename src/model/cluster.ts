import type { Family } from './report.ts';

/** Fewer entities than this are a household or a pair of accounts, not a network. */
export const smallestCluster = 3;

/** How one family of evidence holds a cluster together. Counts are entities. */
export interface FamilySupport {
  readonly family: Family;
  /** Members that have any value of this family, shared or not. */
  readonly present: number;
  /** Members that share a value with another member which mostly members use. */
  readonly covered: number;
  /** Values that mostly members use, and at least two of them. */
  readonly values: number;
  /** Largest share, 0..1, of the members present that one single value covers. */
  readonly topShare: number;
  /** Median over covered members of ln(odds of the member's best value inside against outside), nats. */
  readonly logOdds: number;
  /** Whether most members that could show it do. */
  readonly isSupported: boolean;
}

/** A group of accounts that share what strangers rarely share. */
export interface Cluster {
  /** Entity numbers, sorted. */
  readonly entities: Int32Array;
  /** For each entity: 1 if two families or more tie it to the others, else 0. */
  readonly core: Uint8Array;
  /** For each entity: ln(odds of membership), nats, above 0. */
  readonly logOdds: Float64Array;
  /** For each entity, one number a family in the order of `families`: its part of `logOdds`; the rest is the prior. */
  readonly familyLogOdds: Float64Array;
  readonly families: readonly FamilySupport[];
  /** Values that mostly members use and at least two members share, sorted. */
  readonly values: Int32Array;
  /** Nats of evidence beyond the strongest family of each member, summed up: what a coincidence would have to explain. */
  readonly surprise: number;
  /** Clusters of this surprise or more that chance alone gives in a run like this one. */
  readonly expectedFalse: number;
}
