import type { Level } from './report.ts';

/** What became of clusters between two runs, in the order in which they are told. */
export const changeKinds = [
  'new',
  'grown',
  'merged',
  'split',
  'regrouped',
  'changed',
  'shrunk',
  'gone',
  'unchanged',
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** What a comparison says of a cluster. */
export interface ComparedCluster {
  readonly rank: number;
  readonly id: string;
  readonly level: Level;
  readonly accounts: number;
  readonly attributed: number;
}

/** Clusters of two runs that are the same network, or parts of it. */
export interface Change {
  /**
   * `grown`, `shrunk` and `changed` (as many members, others) have one cluster on each side; `merged` has one new and
   * several old ones, `split` the reverse, `regrouped` several on both.
   */
  readonly change: ChangeKind;
  readonly old: readonly ComparedCluster[];
  readonly new: readonly ComparedCluster[];
  /** Members that both sides have, over all members of either, 0..1. */
  readonly similarity: number;
  /** Members that only the new side has, and only the old one, sorted. */
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** Two runs compared. */
export interface Comparison {
  readonly old: ComparedRun;
  readonly new: ComparedRun;
  readonly changes: readonly Change[];
}

export interface ComparedRun {
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly configHash: string;
  readonly clusters: number;
}
