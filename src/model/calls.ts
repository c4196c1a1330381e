import type { CanonicalColumn } from './column.ts';
import type { Grain } from './grain.ts';
import type { SideTables } from './side-tables.ts';
import type { Sql } from './sql.ts';
import type { TimeKind } from './time.ts';

/** One file that was read; standard input is one too. */
export interface InputSummary {
  /** As the user named it. */
  readonly path: string;
  /** Where it lies. */
  readonly realPath: string;
  /** Name of its container, such as `csv`. */
  readonly format: string;
  readonly compression: 'none' | 'gzip' | 'zstd';
  /** Size on disk, compressed as it is. */
  readonly bytes: number;
  /** Set where only a part of the file is read. */
  readonly sampled?: SampledFile;
}

/** A part of a file in place of the whole. */
export interface SampledFile {
  readonly compression: InputSummary['compression'];
  /** Of the whole file, where that is known without reading it. */
  readonly rows?: number;
  /** Which part of it is read, for the user. */
  readonly part: string;
}

/** How the columns of a file were understood. */
export interface InputFormat {
  readonly preset: string;
  /** 0..1, see `matchPresets`. */
  readonly confidence: number;
  readonly grain: Grain;
}

/** What the read stage hands on: a relation with the input's own columns under canonical names, nothing checked yet. */
export interface RawCalls {
  /**
   * Beside the canonical columns it has `source_file`, the position of the row's file in `inputs`, and `source_reject`: why
   * a row cannot be used whatever it holds, one of `rejectReasons`, or NULL.
   */
  readonly relation: string;
  readonly rejectReasons: readonly string[];
  /** Those of `rejectReasons` that rows have which are no calls of a model, though nothing is wrong with them. */
  readonly otherReasons: readonly string[];
  /** The relation has `source_hash`, a hash of the whole row as the file has it, or NULL where a request id tells more. */
  readonly hasRowHash: boolean;
  /** The engine's type of each canonical column of the relation (`VARCHAR`, `TIMESTAMP`, ...). */
  readonly columns: ReadonlyMap<CanonicalColumn, string>;
  readonly inputs: readonly InputSummary[];
  /** By real path; files that fit no preset are not among them. */
  readonly formats: ReadonlyMap<string, InputFormat>;
  /** From which source columns the canonical ones of a file come, for the user; by real path. */
  readonly origins: ReadonlyMap<string, ReadonlyMap<CanonicalColumn, string>>;
  readonly side: SideTables;
  /** The relation comes from text, which has to be parsed: it should be read once only. */
  readonly isText: boolean;
  /** Damage that reading alone would not notice; to be asked after the relation was read. */
  readonly damage: () => Promise<Error | undefined>;
  /**
   * To be called after the relation was read, with the error if that failed: where a file turns out to be too broken for
   * the engine's own reader, it is read row by row. True if `relation` has changed and has to be read again.
   */
  readonly repair: (cause?: unknown) => Promise<boolean>;
  /** Rows that did not split into columns and are not in the relation, by reason; to be asked after it was read. */
  readonly rejected: () => Promise<ReadonlyMap<string, number>>;
  /**
   * Makes a relation like `relation`, but of all rows, with `source_path` (real), `source_line` and `source_left_out`, the
   * reason why a row is not in `relation` or NULL; reads text inputs again.
   */
  readonly located: () => Promise<string>;
}

/**
 * The canonical calls: typed, in UTC, only rows with a timestamp and an account. Texts may still be words for nothing, such
 * as `unknown`: to tell them apart row by row would cost more than the scans, so group first and then ask `present`.
 */
export interface Calls {
  readonly relation: string;
  /**
   * Relation of what is known of an account: `account_id`, the `identityColumns` present and `queries`, a row for each
   * combination. Side tables fill what the log lacks, so these columns are read here and not in `relation`.
   */
  readonly identities: string;
  /** The same for the `connectionColumns`; only there if the log has one of them. */
  readonly connections: string;
  /** The same for the `templateColumns`. */
  readonly templates: string;
  /**
   * Relation of what people wrote, a row a call: `account_id`, `timestamp`, `prompt`, `system_prompt`, `prompt_hash`,
   * `template_hash`, `system_prompt_hash`, each NULL where the log has none. Only there if the log has prompts or system
   * prompts.
   */
  readonly texts?: string;
  /**
   * Relation of mined templates: `template_id`, `text` of at most 300 characters with slots for what changes. Reports may
   * show these texts and no others. Only there if `texts` is.
   */
  readonly templateTexts?: string;
  /** A text value, or NULL where it is a word for nothing. */
  readonly present: (value: Sql) => Sql;
  /** Of `relation`, and the `identityColumns` of `identities`. */
  readonly columns: ReadonlySet<CanonicalColumn>;
  /** Relation of accounts that are declared to be one entity: `account_id`, `name`, `kind`; only with `--declared`. */
  readonly declared?: string;
  /** Relation of banned accounts: `account_id`, `banned_at` (TIMESTAMP in UTC), a row an account; only with `--bans`. */
  readonly bans?: string;
  /** Relation of models: `model`, `released_at` (TIMESTAMP in UTC), a row a model; only with `--releases`. */
  readonly releases?: string;
  readonly inputs: readonly InputSummary[];
  /** As in `RawCalls`. */
  readonly formats: ReadonlyMap<string, InputFormat>;
  /** What rows stand for; a file without a preset has requests. */
  readonly grains: ReadonlySet<Grain>;
  /** Aggregate: the number of queries of a group of rows. */
  readonly queries: Sql;
  /** How each file writes its timestamps, by real path; files that disagree with themselves are not among them. */
  readonly timeKinds: ReadonlyMap<string, TimeKind>;
  /** Rows of each file that could be split, used or not, by real path. */
  readonly rowsByFile: ReadonlyMap<string, number>;
  readonly rowsRead: number;
  readonly rowsUsed: number;
  /** Rows left out, by reason. */
  readonly rejected: ReadonlyMap<string, number>;
  /** Rows that are no calls of a model, by reason; with the rejected and the duplicates they are `rowsRead - rowsUsed`. */
  readonly others: ReadonlyMap<string, number>;
  /** Rows left out because another one is the same call, by what tells so. */
  readonly duplicates: ReadonlyMap<'request_id' | 'whole row', number>;
}

/** One rejected row, for `--rejects FILE`. */
export interface Reject {
  readonly path: string;
  /** Line or row in the file, from 1. */
  readonly line: number;
  readonly reason: string;
}
