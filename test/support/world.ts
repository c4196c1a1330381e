import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveConfig } from '../../src/config/resolve.ts';
import { breather, type RunContext } from '../../src/engine/context.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { detectors } from '../../src/link/registry.ts';
import type { Calls, RawCalls } from '../../src/model/calls.ts';
import { type CanonicalColumn, canonicalColumns } from '../../src/model/column.ts';
import type { RunEvent } from '../../src/model/events.ts';
import type { ScanResult } from '../../src/model/scan.ts';
import { normalise } from '../../src/normalise/normalise.ts';
import { run } from '../../src/pipeline/run.ts';

export const fixtures = join(import.meta.dirname, '../../fixtures');

/** A directory that goes away with the action. */
export async function withDirectory<Result>(action: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'stillhunt-test-'));
  try {
    return await action(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export async function withEngine<Result>(action: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await openDuckdb({ threads: 2, memoryLimit: '1GB', tempDirectory: tmpdir() });
  try {
    return await action(engine);
  } finally {
    await engine.close();
  }
}

/** A context with the given options, and the events that its stages emitted. */
export async function withContext<Result>(
  options: object,
  action: (context: RunContext, events: readonly RunEvent[]) => Promise<Result>,
): Promise<Result> {
  const events: RunEvent[] = [];
  const config = resolveConfig({ threads: 2, ...options }, detectors);
  return withEngine((engine) =>
    action({ engine, config, emit: (event) => events.push(event), breathe: breather() }, events),
  );
}

export function scanPaths(paths: readonly string[], options: object = {}): Promise<ScanResult> {
  return withContext(options, (context) => run(context, paths));
}

/** Writes rows as CSV into a new file of the directory and returns its path. */
export function writeCsv(
  directory: string,
  name: string,
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  const path = join(directory, name);
  writeFileSync(path, `${[header, ...rows].map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\n`);
  return path;
}

/** `normalise` with every column kept. */
export function normaliseAll(context: RunContext, raw: RawCalls): Promise<Calls> {
  return normalise(context, raw, new Set(Object.keys(canonicalColumns).filter(isCanonical)));
}

function isCanonical(name: string): name is CanonicalColumn {
  return Object.hasOwn(canonicalColumns, name);
}
