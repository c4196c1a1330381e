import type { Config } from '../model/config.ts';
import type { Emit } from '../model/events.ts';
import type { Engine } from './engine.ts';

/**
 * Lets signals, timers and the progress bar have their turn. Loops that may run for longer than a moment call it now and
 * then; it rejects with `InterruptedError` once the run was told to stop.
 */
export type Breathe = () => Promise<void>;

/** What every stage is handed: nothing is global. */
export interface RunContext {
  readonly engine: Engine;
  readonly config: Config;
  readonly emit: Emit;
  readonly breathe: Breathe;
}

const breathEveryMs = 50;

/** A `Breathe` that costs next to nothing however often it is called. `check` throws where the run is to stop. */
export function breather(check: () => void = () => {}): Breathe {
  let lastMs = performance.now();
  return async () => {
    if (performance.now() - lastMs < breathEveryMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    lastMs = performance.now();
    check();
  };
}
