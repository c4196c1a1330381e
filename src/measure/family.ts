import type { Dialect } from '../engine/dialect.ts';
import type { Sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/** What a row says about queries. */
export interface RowMeaning {
  /** Aggregate: number of queries. */
  readonly queries: Sql;
  /** Queries that a row stands for, or undefined where each is one. */
  readonly weight: Sql | undefined;
}

/** One number (or text) an account has, as an aggregate over its calls. */
export interface Feature {
  /** Column name, with its unit where it has one. */
  readonly name: string;
  readonly needs: readonly CanonicalColumn[];
  readonly aggregate: (dialect: Dialect, rows: RowMeaning) => Sql;
}

/** Features that belong together. All families are computed in one scan of the calls. */
export interface FeatureFamily {
  readonly id: string;
  readonly features: readonly Feature[];
}
