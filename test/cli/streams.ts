import { Writable } from 'node:stream';
import { main } from '../../src/cli/main.ts';

class Capture extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;
  readonly #failure: NodeJS.ErrnoException | undefined;

  constructor(isTTY: boolean, columns: number, failure?: string) {
    super();
    this.isTTY = isTTY;
    this.columns = columns;
    this.#failure =
      failure === undefined ? undefined : Object.assign(new Error(`${failure}: write`), { code: failure });
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (this.#failure === undefined) this.text += chunk.toString();
    done(this.#failure);
  }
}

export interface Options {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Error code that stdout fails with. */
  readonly failure?: string;
}

/** Runs the command line in this process with streams of its own. */
export async function stillhunt(argv: readonly string[], options: Options = {}) {
  const { isTTY = false, columns = 80, environment = {}, failure } = options;
  const stdout = new Capture(isTTY, columns, failure);
  const stderr = new Capture(isTTY, columns);
  const code = await main(argv, { stdout, stderr, environment });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
