import type { Config } from '../model/config.ts';
import type { Emit } from '../model/events.ts';
import type { Engine } from './engine.ts';

/** What every stage is handed: nothing is global. */
export interface RunContext {
  readonly engine: Engine;
  readonly config: Config;
  readonly emit: Emit;
}
