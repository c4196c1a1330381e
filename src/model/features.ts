import type { Table } from 'apache-arrow';

/**
 * One row an account. The row number is the account's index everywhere downstream. Rows are ordered by what accounts did
 * (first call, queries, tokens) and only then by name, so that renaming accounts changes nothing.
 */
export interface AccountFeatures {
  /** Relation in the engine with columns `account` (the index) and `account_id`, for joins. */
  readonly relation: string;
  /** Columns `account_id`, one for each feature of the measure stage and, with a list of declared entities, `declared`. */
  readonly table: Table;
  readonly count: number;
}
