import type { Table } from 'apache-arrow';
import type { Family } from './report.ts';

/** What a detector did in a run, and its words for it. */
export interface DetectorRun {
  readonly id: string;
  readonly family: Family;
  readonly state: 'ran' | 'skipped';
  readonly reason?: string;
  readonly links: number;
  /** Whom chance could have given its values: entities that have any, or everybody, where only what passed a test is a value. */
  readonly population: 'holders' | 'everybody';
  /** Whether unrelated customers of one product share this because the product makes it so. */
  readonly comesWithProduct: boolean;
  /** A sentence about a cluster, with its numbers. */
  readonly explain: (facts: EvidenceFacts) => string;
  readonly innocentCauses: readonly string[];
}

/**
 * Account-value links of all detectors. Only values that at least two entities share are here. Values are numbered from 0
 * in an order that names do not influence; `detector` is the position in `runs`.
 */
export interface Evidence {
  readonly runs: readonly DetectorRun[];
  /** Columns `account` and `value` (Int32) and `queries` (Float64), ordered by value and account. */
  readonly links: Table;
  /** Columns `value`, `detector`, `sharers` (entities), `population` (entities that have any value of this detector). */
  readonly values: Table;
  /**
   * Columns `account`, `detector`, `queries` and `values`: how many queries carry any value of the detector, shared or not,
   * and how many different values.
   */
  readonly presence: Table;
  /** Relation in the engine with columns `value` (the number) and `text`. */
  readonly relation: string;
}

/** What a detector's sentence about a cluster may draw on. */
export interface EvidenceFacts {
  /** Members of the cluster. */
  readonly members: number;
  /** Members that this evidence covers. */
  readonly accounts: number;
  /** Values that tie members together. */
  readonly values: number;
  /** Accounts outside the cluster that use the same values. */
  readonly outsiders: number;
  /** Queries of members that carry these values. */
  readonly queries: number;
  /** Natural logarithm of the odds, in the median covered member, of these values under common control against chance. */
  readonly logOdds: number;
}
