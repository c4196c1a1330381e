import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveConfig } from '../../../src/config/resolve.ts';
import { breather, type RunContext } from '../../../src/engine/context.ts';
import { openDuckdb } from '../../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { sql } from '../../../src/engine/sql.ts';
import type { RawCalls } from '../../../src/model/calls.ts';
import { read } from '../../../src/read/read.ts';
import { KnownError } from '../../../src/util/errors.ts';

/** What came of reading one file: the accounts of its rows, as often as they come, and how many rows were rejected. */
export interface Outcome {
  readonly accounts: readonly string[];
  readonly rejected: number;
}

const casesPerEngine = 250;

/** Reads many files after each other on few engines: opening one takes longer than reading a small file. */
export class Harness {
  readonly #directory: string;
  #engine: Engine | undefined;
  #cases = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** The outcome, or the error if it is one that users may see. Throws any other. */
  async read(name: string, bytes: Buffer, options: object): Promise<Outcome | KnownError> {
    this.#cases += 1;
    if (this.#cases % casesPerEngine === 0) await this.close();
    this.#engine ??= unlocked(await openDuckdb({ threads: 1, memoryLimit: '1GB', tempDirectory: this.#directory }));
    const path = join(this.#directory, `${this.#cases}-${name}`);
    writeFileSync(path, bytes);
    const config = resolveConfig({ threads: 1, ...options }, []);
    const context: RunContext = { engine: this.#engine, config, emit: () => {}, breathe: breather() };
    try {
      return await outcome(context, await read(context, [path]));
    } catch (error) {
      if (error instanceof KnownError) return error;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    this.#engine = undefined;
  }
}

/** An engine that may read other files later. */
function unlocked(engine: Engine): Engine {
  return new Proxy(engine, {
    get(target, name) {
      if (name === 'lock') return async () => {};
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Reads as the next stage does: once more wherever a file turned out to be broken. */
async function outcome({ engine }: RunContext, raw: RawCalls): Promise<Outcome> {
  for (let isComplete = false; !isComplete; ) {
    try {
      await engine.execute(
        sql`CREATE OR REPLACE TEMP TABLE seen AS SELECT account_id::VARCHAR AS account, source_reject AS reject FROM raw_calls`,
      );
      isComplete = !(await raw.repair());
    } catch (cause) {
      if (!(await raw.repair(cause))) throw cause;
    }
  }
  const damage = await raw.damage();
  if (damage !== undefined) throw damage;
  const seen = [...(await engine.query(sql`SELECT account, reject FROM seen`))];
  const leftOut = [...(await raw.rejected()).values()].reduce((sum, rows) => sum + rows, 0);
  const used = seen.filter(({ reject }) => reject === null);
  return { accounts: used.map(({ account }) => account), rejected: seen.length - used.length + leftOut };
}
