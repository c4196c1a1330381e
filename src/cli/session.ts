import type { Engine, EngineOptions } from '../engine/engine.ts';
import type { Emit } from '../model/events.ts';
import type { ExitCode } from './exit-code.ts';
import type { Interruption } from './interruption.ts';
import type { Terminal } from './terminal.ts';

/** How much a command says while it works. */
export interface Verbosity {
  readonly progress?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

const drawnEveryMs = 250;

/** Opens an engine, draws what happens in it, and closes it whatever happens. */
export async function withEngine(
  options: EngineOptions,
  terminal: Terminal,
  verbosity: Verbosity,
  interruption: Interruption,
  action: (engine: Engine, emit: Emit) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { openDuckdb } = await import('../engine/duckdb/engine.ts');
  interruption.check();
  const engine = await openDuckdb(options);
  interruption.onStop(() => engine.interrupt());
  const progress = watch(engine, terminal, verbosity);
  try {
    return await interruption.limit(action(engine, listener(terminal, verbosity, progress.onStage)));
  } finally {
    progress.stop();
    await engine.close();
  }
}

/** Turns events into lines on the terminal. */
function listener(terminal: Terminal, verbosity: Verbosity, onStage: (stage: string) => void): Emit {
  return (event) => {
    if (event.kind === 'stage') onStage(event.stage);
    else if (event.kind === 'warning' && verbosity.quiet !== true) terminal.message(event.text);
    else if (event.kind === 'note' && verbosity.verbose === true) terminal.message(event.text);
  };
}

/** Draws the running stage, the share of its statement that is done, and the time since the start. */
function watch(engine: Engine, terminal: Terminal, { progress, quiet }: Verbosity) {
  if (progress === false || quiet === true) return { onStage: () => {}, stop: () => {} };
  let stage = '';
  const startedMs = performance.now();
  const draw = (): void => {
    const share = engine.progress();
    const percent = share === undefined ? '' : ` ${Math.round(share * 100)} %`;
    if (stage !== '') terminal.progress(`${stage}${percent}  ${Math.round((performance.now() - startedMs) / 1000)} s`);
  };
  const timer = setInterval(draw, drawnEveryMs);
  return {
    onStage: (name: string): void => {
      stage = name;
      draw();
    },
    stop: (): void => {
      clearInterval(timer);
      terminal.clearProgress();
    },
  };
}
