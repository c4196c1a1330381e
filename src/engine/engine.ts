import type { Table } from 'apache-arrow';
import type { Dialect } from './dialect.ts';
import type { Sql } from './sql.ts';

/** Limits and places an engine works within. */
export interface EngineOptions {
  readonly threads: number;
  /** As the database spells it, for example `4GB`. */
  readonly memoryLimit: string;
  /** A directory that exists; the engine makes one of its own inside it and removes it on close. */
  readonly tempDirectory: string;
}

/** Runs SQL over data that may be larger than memory and hands small results over as Arrow. */
export interface Engine {
  readonly dialect: Dialect;
  /** The engine's own working directory; it is gone after `close`. */
  readonly workDirectory: string;
  /** Runs a statement for its effect. */
  execute(statement: Sql): Promise<void>;
  /** Runs a query and returns its whole result; meant for what grows with accounts, values and clusters, never calls. */
  query(statement: Sql): Promise<Table>;
  /** Appends Arrow record batches to a table that exists, matching columns by position. */
  append(table: string, batches: AsyncIterable<Table>): Promise<void>;
  /** From here on, only these files (and the working directory) can be read; no setting can be changed any more. */
  lock(readablePaths: readonly string[]): Promise<void>;
  /** Share of the running statement that is done, 0..1, or undefined where the engine cannot tell. */
  progress(): number | undefined;
  /** Stops the running statement; its promise rejects with an `InterruptedError`. */
  interrupt(): void;
  close(): Promise<void>;
}

/** The running statement was stopped by `interrupt`. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
