import type { Table } from 'apache-arrow';
import type { Reject } from './calls.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { RunReport } from './report.ts';

/** Everything a scan gives. */
export interface ScanResult {
  readonly report: RunReport;
  /** One row an account: the columns of `AccountRow`, then its features. */
  readonly accounts: Table;
  /** What ties clusters together, a row for each value and account: see `evidenceRows`. */
  readonly evidence: () => Promise<Table>;
  /** What an account shares with others, suspect or not. */
  readonly around: (accountId: string) => Promise<Neighbourhood>;
  /** Rows that were not used, one by one; reads the input again. */
  readonly rejects: () => AsyncIterable<Reject>;
}
