import type { ReportPopulation } from './exhibits.ts';
import type { ReportCluster } from './report.ts';

/** What a scan says about one account that is in a cluster. */
export interface AccountVerdict {
  /** Account number. */
  readonly account: number;
  readonly clusterId: string;
  readonly role: 'core' | 'fringe';
  /** Of the campaign: at least, and most likely. */
  readonly lowerQueries: number;
  readonly attributedQueries: number;
  /** 0..1 */
  readonly suspicion: number;
}

/** Ranked clusters, and the accounts in them in the order of their numbers. */
export interface Scored {
  readonly clusters: readonly ReportCluster[];
  readonly population?: ReportPopulation;
  readonly accounts: readonly AccountVerdict[];
}
