import type { z } from 'zod';
import type { scanOptions } from './config/options.ts';
import { resolveConfig } from './config/resolve.ts';
import { breather } from './engine/context.ts';
import { openDuckdb } from './engine/duckdb/engine.ts';
import { InterruptedError } from './engine/engine.ts';
import { detectors } from './link/registry.ts';
import type { RunEvent } from './model/events.ts';
import type { RunReport } from './model/report.ts';
import { run } from './pipeline/run.ts';
import { jsonText } from './report/json.ts';

export { InterruptedError } from './engine/engine.ts';
export type { RunEvent } from './model/events.ts';
export type * from './model/exhibits.ts';
export type * from './model/report.ts';
export { ConfigError, InputError, KnownError, UsageError } from './util/errors.ts';

/** What a scan may be told: the options of the command line that can change its result or its use of the machine. */
export interface ScanOptions extends z.input<typeof scanOptions> {
  /** Ends the scan early: it then rejects with `InterruptedError` and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** Hears of stages, warnings and notes as they come. */
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * Scans exported usage logs, as `stillhunt scan PATH...` does, and returns its report. Configuration files and environment
 * variables play no part. Rejects with `UsageError`, `ConfigError` or `InputError`, each with a `hint`, where options or
 * inputs cannot be used.
 */
export async function scan(paths: string | readonly string[], options: ScanOptions = {}): Promise<RunReport> {
  const { signal, onEvent = () => {}, ...settings } = options;
  const config = resolveConfig(settings, detectors);
  const check = (): void => {
    if (signal?.aborted === true) throw new InterruptedError('interrupted');
  };
  check();
  const engine = await openDuckdb(config);
  const interrupt = (): void => engine.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    check();
    const context = { engine, config, emit: onEvent, breathe: breather(check) };
    const { report } = await run(context, typeof paths === 'string' ? [paths] : paths);
    // As a file has it: fractions rounded, so that two scans of one input are equal.
    return JSON.parse(jsonText(report, 0));
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await engine.close();
  }
}
