import type { Dialect } from '../engine/dialect.ts';
import type { Sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/** One number (or text) an account has, as an aggregate over its calls. */
export interface Feature {
  /** Column name, with its unit where it has one. */
  readonly name: string;
  readonly needs: readonly CanonicalColumn[];
  readonly aggregate: (dialect: Dialect) => Sql;
}

/** Features that belong together. All families are computed in one scan of the calls. */
export interface FeatureFamily {
  readonly id: string;
  readonly features: readonly Feature[];
}
