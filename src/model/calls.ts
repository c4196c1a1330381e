import type { CanonicalColumn } from './column.ts';

/** One file that was read; standard input is one too. */
export interface InputSummary {
  /** As the user named it. */
  readonly path: string;
  /** Where it lies. */
  readonly realPath: string;
  readonly format: 'csv' | 'parquet';
  readonly compression: 'none' | 'gzip' | 'zstd';
  /** Size on disk, compressed as it is. */
  readonly bytes: number;
}

/** What the read stage hands on: a relation with the input's own columns under canonical names, nothing checked yet. */
export interface RawCalls {
  readonly relation: string;
  /** The engine's type of each canonical column of the relation (`VARCHAR`, `TIMESTAMP`, ...). */
  readonly columns: ReadonlyMap<CanonicalColumn, string>;
  readonly inputs: readonly InputSummary[];
  /** Reading the relation parses text: it should be read once only. */
  readonly isCostly: boolean;
  /** Damage that reading alone would not notice; to be asked after the relation was read. */
  readonly damage: () => Promise<Error | undefined>;
  /** Rows that could not be split into columns, by reason; to be asked after the relation was read. */
  readonly rejected: () => Promise<ReadonlyMap<string, number>>;
  /** The same rows one by one, and a relation like `relation` with `source_path` and `source_line` for all others. */
  readonly rejects: () => AsyncIterable<Reject>;
  readonly located: () => Promise<string>;
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
  /** Line or row in the file, from 1. */
  readonly line: number;
  readonly reason: string;
}
