/** Values by which `--declared` may name accounts. */
export const declaredKeys = ['account_id', 'org_id', 'email_domain', 'payment_id'] as const;

/** Small files as one relation of texts, with the columns `path`, `file` (from 0) and `line` of each row. */
export interface SideTable {
  readonly relation: string;
  /** Columns that any of the files has. */
  readonly columns: ReadonlySet<string>;
  readonly paths: readonly string[];
}

/** Files beside the log, read but not yet typed. */
export interface SideTables {
  /** `account_id` or `api_key_id` or both, and the `identityColumns`. */
  readonly joined?: SideTable;
  /** `name`, `kind` and `declaredKeys`. */
  readonly declared?: SideTable;
  /** `account_id` and `banned_at`. */
  readonly bans?: SideTable;
  /** `model` and `released_at`. */
  readonly releases?: SideTable;
}
