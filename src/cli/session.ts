import type { DisplayOptions } from '../config/options.ts';
import { breather, type RunContext } from '../engine/context.ts';
import type { EngineOptions } from '../engine/engine.ts';
import { traced } from '../engine/traced.ts';
import type { Emit } from '../model/events.ts';
import type { ExitCode } from './exit-code.ts';
import type { Interruption } from './interruption.ts';
import { ProgressTracker, showProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What an action works with while its engine is open. */
export type Session = Pick<RunContext, 'engine' | 'emit' | 'breathe'>;

/** Opens an engine, draws what happens in it, and closes it whatever happens. */
export async function withEngine(
  options: EngineOptions,
  terminal: Terminal,
  display: DisplayOptions,
  interruption: Interruption,
  action: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { openDuckdb } = await import('../engine/duckdb/engine.ts');
  interruption.check();
  const engine = await openDuckdb(options);
  interruption.onStop(() => engine.interrupt());
  const tracker = new ProgressTracker(
    () => performance.now(),
    () => engine.progress(),
  );
  const shown = showProgress(tracker, terminal, display);
  try {
    const emit = listener(terminal, display, tracker, shown.draw);
    const used = display.verbose > 1 ? traced(engine, (text) => terminal.message(text)) : engine;
    return await interruption.limit(action({ engine: used, emit, breathe: breather(() => interruption.check()) }));
  } finally {
    shown.stop();
    await engine.close();
  }
}

/** Turns events into lines on the terminal. */
function listener(
  terminal: Terminal,
  { quiet, verbose }: DisplayOptions,
  tracker: ProgressTracker,
  draw: () => void,
): Emit {
  return (event) => {
    if (event.kind === 'stage') {
      tracker.enter(event.stage);
      draw();
    } else if (event.kind === 'rows') tracker.count(event.rows);
    else if (event.kind === 'texts') tracker.expectTexts();
    else if (event.kind === 'warning' && !quiet) terminal.message(event.text);
    else if (event.kind === 'note' && verbose > 0) terminal.message(event.text);
  };
}
