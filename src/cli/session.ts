import type { Engine, EngineOptions } from '../engine/engine.ts';
import type { Emit } from '../model/events.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface Verbosity {
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** Turns events into lines on the terminal. */
export function listener(terminal: Terminal, verbosity: Verbosity, onStage: (stage: string) => void = () => {}): Emit {
  return (event) => {
    if (event.kind === 'stage') onStage(event.stage);
    else if (event.kind === 'warning' && verbosity.quiet !== true) terminal.message(event.text);
    else if (event.kind === 'note' && verbosity.verbose === true) terminal.message(event.text);
  };
}

/**
 * Opens an engine, shows the running stage, and closes the engine whatever happens. Ctrl-C stops the running statement;
 * the result is then the exit code of an interruption, after `onInterrupt` has cleaned up.
 */
export async function withEngine(
  options: EngineOptions,
  terminal: Terminal,
  action: (engine: Engine, onStage: (stage: string) => void) => Promise<ExitCode>,
  onInterrupt: () => Promise<void>,
): Promise<ExitCode> {
  const { openDuckdb } = await import('../engine/duckdb/engine.ts');
  const engine = await openDuckdb(options);
  let stage = '';
  let isInterrupted = false;
  const startedMs = performance.now();
  const timer = setInterval(() => {
    const share = engine.progress();
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    if (stage !== '')
      terminal.progress(`${stage}${share === undefined ? '' : ` ${Math.round(share * 100)} %`}  ${seconds} s`);
  }, 250);
  const stop = (): void => {
    isInterrupted = true;
    engine.interrupt();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await action(engine, (name) => {
      stage = name;
    });
  } catch (error) {
    if (!isInterrupted) throw error;
    await onInterrupt();
    return exitCodes.interrupted;
  } finally {
    clearInterval(timer);
    terminal.clearProgress();
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    await engine.close();
  }
}
