import type { CanonicalColumn } from './column.ts';
import type { Family } from './report.ts';

/** What was understood of an input before it is scanned. */
export interface Inspection {
  readonly files: readonly InspectedFiles[];
  readonly rows: InspectedRows;
  /** First and last call, ISO 8601 in UTC; null without calls. Of a sample, those of the sample. */
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly accounts: number;
  /** In the fixed order of the canonical columns. */
  readonly columns: readonly InspectedColumn[];
  /** A few of the rows; what could name somebody is an alias. */
  readonly sample: readonly Readonly<Partial<Record<CanonicalColumn, string>>>[];
  readonly detectors: readonly InspectedDetector[];
}

/** Files that were understood in the same way. */
export interface InspectedFiles {
  readonly paths: readonly string[];
  readonly container: string;
  readonly compression: string;
  /** Null where columns were found by their names alone. */
  readonly preset: string | null;
  /** 0..1 */
  readonly confidence: number | null;
  readonly grain: string;
  readonly bytes: number;
  /** How timestamps are written; null where a file disagrees with itself. */
  readonly times: string | null;
  /** Which part was read; null where all was. */
  readonly sampled: string | null;
  /** Rows of the whole files; null where only reading them would tell. */
  readonly rows: number | null;
  /** Source of each canonical column. */
  readonly mapping: Readonly<Partial<Record<CanonicalColumn, string>>>;
}

/** Rows of what was read; `read` is the sum of the others. */
export interface InspectedRows {
  readonly read: number;
  readonly used: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Rows that are no calls of a model, by reason. */
  readonly others: Readonly<Record<string, number>>;
  /** Rows that are the same call as another, by what tells so. */
  readonly duplicates: Readonly<Record<string, number>>;
}

export interface InspectedColumn {
  readonly name: CanonicalColumn;
  /** Share of the rows, 0..1, that have no value, or a word for nothing. */
  readonly missing: number;
}

export interface InspectedDetector {
  readonly id: string;
  readonly family: Family;
  readonly canRun: boolean;
  /** Why it cannot run. */
  readonly reason?: string;
  /** Columns that would let it run; of each inner list one is enough. */
  readonly missing: readonly (readonly CanonicalColumn[])[];
}
