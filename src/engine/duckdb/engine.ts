import { mkdtemp, rm } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Table } from 'apache-arrow';
import { InputError, messageOf } from '../../util/errors.ts';
import { type Engine, type EngineOptions, InterruptedError } from '../engine.ts';
import { type Sql, sql } from '../sql.ts';
import { appendTables } from './append.ts';
import { duckdbDialect } from './dialect.ts';
import { toArrow } from './to-arrow.ts';

/** Opens an embedded DuckDB on a database file of its own inside the temp directory. */
export async function openDuckdb(options: EngineOptions): Promise<Engine> {
  const workDirectory = await mkdtemp(joinPath(options.tempDirectory, 'stillhunt-')).catch((cause) => {
    throw new InputError(`cannot write to ${options.tempDirectory}`, 'name another place with --temp-dir', cause);
  });
  try {
    const instance = await DuckDBInstance.create(joinPath(workDirectory, 'work.duckdb'), {
      threads: String(options.threads),
      memory_limit: options.memoryLimit,
      temp_directory: joinPath(workDirectory, 'spill'),
      preserve_insertion_order: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    // The print setting comes first: set after the others, the bar would already have reached stdout.
    await connection.run('SET enable_progress_bar_print = false');
    await connection.run('SET progress_bar_time = 0');
    await connection.run('SET enable_progress_bar = true');
    return new DuckdbEngine(instance, connection, workDirectory);
  } catch (error) {
    await rm(workDirectory, { recursive: true, force: true });
    throw error;
  }
}

class DuckdbEngine implements Engine {
  readonly dialect = duckdbDialect;
  readonly workDirectory: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #interrupted = false;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, workDirectory: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.workDirectory = workDirectory;
  }

  async execute(statement: Sql): Promise<void> {
    await this.#guard(() => this.#connection.run(statement.text));
  }

  query(statement: Sql): Promise<Table> {
    return this.#guard(async () => toArrow(await this.#connection.stream(statement.text)));
  }

  append(table: string, batches: AsyncIterable<Table>): Promise<void> {
    return this.#guard(() => appendTables(this.#connection, table, batches));
  }

  async lock(readablePaths: readonly string[]): Promise<void> {
    const list = readablePaths.map((path) => sql`${path}`.text).join(', ');
    const directory = sql`${`${this.workDirectory}/`}`.text;
    await this.#connection.run(`SET allowed_paths = [${list}]`);
    await this.#connection.run(`SET allowed_directories = [${directory}]`);
    await this.#connection.run('SET enable_external_access = false');
    await this.#connection.run('SET lock_configuration = true');
  }

  progress(): number | undefined {
    const { percentage } = this.#connection.progress;
    return percentage < 0 ? undefined : Math.min(1, percentage / 100);
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
    await rm(this.workDirectory, { recursive: true, force: true });
  }

  async #guard<Result>(action: () => Promise<Result>): Promise<Result> {
    if (this.#interrupted) throw new InterruptedError('interrupted');
    try {
      return await action();
    } catch (error) {
      throw this.#interrupted ? new InterruptedError('interrupted') : explain(error);
    }
  }
}

function explain(error: unknown): unknown {
  const message = messageOf(error);
  if (/^Out of Memory Error/i.test(message))
    return new InputError('the memory limit is too small for this log', 'raise --memory-limit', error);
  if (/No space left on device|could not write|failed to offload/i.test(message))
    return new InputError('the temp directory is full', 'free space there or name another with --temp-dir', error);
  return error;
}
