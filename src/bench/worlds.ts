import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../config/resolve.ts';
import { breather } from '../engine/context.ts';
import { openDuckdb } from '../engine/duckdb/engine.ts';
import type { Engine } from '../engine/engine.ts';
import { type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { readLabels } from '../evaluate/labels.ts';
import { detectors } from '../link/registry.ts';
import type { RunReport } from '../model/report.ts';
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

/** Size of the worlds of the evaluation, and their honest accounts. */
export const scale = 0.02;
const benignAccounts = 20_000;

/** Writes a world of the evaluation's size, hands its directory to the action and removes it. */
export async function withWorld<Result>(
  options: Omit<SimulateOptions, 'directory' | 'scale' | 'benignAccounts' | 'format'>,
  action: (directory: string) => Promise<Result>,
): Promise<Result> {
  return withDirectory(async (parent) => {
    const directory = join(parent, 'world');
    await writeWorld({ ...options, directory, scale, benignAccounts, format: 'parquet' });
    return action(directory);
  });
}

/** Scans a world and holds the result against its labels. */
export async function judgeWorld(directory: string, options: object): Promise<Evaluation> {
  return judge((await scanWorld([join(directory, 'calls')], options)).report, directory);
}

/** Holds the report of a world against its labels. */
export async function judge(report: RunReport, directory: string): Promise<Evaluation> {
  const path = join(directory, 'labels.csv');
  return evaluate(report, readLabels(await readFile(path, 'utf8'), path), 'medium');
}

export function scanWorld(paths: readonly string[], options: object = {}): Promise<ScanResult> {
  const config = resolveConfig(options, detectors);
  return withEngine((engine) => run({ engine, config, emit: () => {}, breathe: breather() }, paths));
}
