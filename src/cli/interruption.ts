import { InterruptedError } from '../engine/engine.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';

const codes = {
  SIGHUP: exitCodes.hungUp,
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
} as const satisfies Partial<Record<NodeJS.Signals, ExitCode>>;

const graceMs = 500;

/** Whether the run was told to stop, and whom to tell. */
export class Interruption {
  readonly #stops: (() => void)[] = [];
  #code: ExitCode | undefined;

  /** The exit code of the signal that came, if one did. */
  get code(): ExitCode | undefined {
    return this.#code;
  }

  /** Calls `stop` when a signal comes; at once if one has come already. */
  onStop(stop: () => void): void {
    this.#stops.push(stop);
    if (this.#code !== undefined) stop();
  }

  /** Throws `InterruptedError` if a signal has come. */
  check(): void {
    if (this.#code !== undefined) throw new InterruptedError('interrupted');
  }

  /**
   * The result of an action; once a signal has come, it gets a moment to end by itself and is then abandoned with an
   * `InterruptedError`. What waits for standard input would never end.
   */
  async limit<Result>(action: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const abandoned = new Promise<never>((_resolve, reject) => {
      this.onStop(() => {
        timer = setTimeout(() => reject(new InterruptedError('interrupted')), graceMs);
      });
    });
    try {
      return await Promise.race([action, abandoned]);
    } finally {
      clearTimeout(timer);
    }
  }

  stop(code: ExitCode): void {
    this.#code = code;
    for (const stop of this.#stops) stop();
  }
}

/**
 * Runs an action that a signal can stop: it then fails, cleans up behind itself, and the signal's exit code is the
 * result. A second signal of the same kind ends the program at once.
 */
export async function interruptible(action: (interruption: Interruption) => Promise<ExitCode>): Promise<ExitCode> {
  const interruption = new Interruption();
  const listeners = Object.entries(codes).map(([signal, code]) => ({
    signal,
    listener: () => interruption.stop(code),
  }));
  for (const { signal, listener } of listeners) process.once(signal, listener);
  try {
    return await action(interruption);
  } catch (error) {
    if (interruption.code === undefined) throw error;
    return interruption.code;
  } finally {
    for (const { signal, listener } of listeners) process.removeListener(signal, listener);
  }
}
