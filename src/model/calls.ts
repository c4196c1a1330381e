import type { CanonicalColumn } from './column.ts';

/** One file (or standard input) that was read. */
export interface InputSummary {
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  readonly compression: 'none' | 'gzip' | 'zstd';
  /** Size on disk; 0 for standard input. */
  readonly bytes: number;
}

/** What the read stage hands on: a relation of text columns under canonical names, one row a call, nothing checked yet. */
export interface RawCalls {
  readonly relation: string;
  /** Source type of each canonical column that the input has, as the engine names it (`VARCHAR`, `TIMESTAMP`, ...). */
  readonly columns: ReadonlyMap<CanonicalColumn, string>;
  readonly inputs: readonly InputSummary[];
  /** Rows that could not be split into columns, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** The canonical calls: typed, in UTC, missing values NULL, only rows with a timestamp and an account. */
export interface Calls {
  readonly relation: string;
  readonly columns: ReadonlySet<CanonicalColumn>;
  readonly inputs: readonly InputSummary[];
  readonly rowsRead: number;
  readonly rowsUsed: number;
  /** Rows left out, by reason; the values sum up to `rowsRead - rowsUsed`. */
  readonly rejected: ReadonlyMap<string, number>;
}

/** One rejected row, for `--rejects FILE`. */
export interface Reject {
  readonly path: string;
  /** Line in the file, from 1; 0 where the format has no lines. */
  readonly line: number;
  readonly reason: string;
}
