import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../config/resolve.ts';
import { breather } from '../engine/context.ts';
import { openDuckdb } from '../engine/duckdb/engine.ts';
import type { Engine } from '../engine/engine.ts';
import { detectors } from '../link/registry.ts';
import type { ScanResult } from '../model/scan.ts';
import { run } from '../pipeline/run.ts';
import { simulate } from '../simulate/simulate.ts';
import type { SimulateOptions } from '../simulate/world.ts';

/** A temporary directory that is gone after the action. */
export async function withDirectory<Result>(action: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'stillhunt-bench-'));
  try {
    return await action(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** An engine with the default limits. */
export async function withEngine<Result>(action: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await openDuckdb(resolveConfig({}, detectors));
  try {
    return await action(engine);
  } finally {
    await engine.close();
  }
}

export async function writeWorld(options: SimulateOptions): Promise<void> {
  await withEngine((engine) => simulate(engine, options, () => {}));
}

export function scanWorld(paths: readonly string[]): Promise<ScanResult> {
  const config = resolveConfig({}, detectors);
  return withEngine((engine) => run({ engine, config, emit: () => {}, breathe: breather() }, paths));
}
