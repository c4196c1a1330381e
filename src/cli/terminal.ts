import { Chalk, type ChalkInstance } from 'chalk';
import { escapeForTerminal } from '../util/escape.ts';

/** Where output goes; tests put their own in place. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const processStreams: Streams = { stdout: process.stdout, stderr: process.stderr, environment: process.env };

export type ColorChoice = 'auto' | 'always' | 'never';

/** The only place that writes to the console. Results go to stdout, messages to stderr. */
export class Terminal {
  readonly #streams: Streams;
  readonly #isProgressShown: boolean;
  #line = '';

  constructor(streams: Streams, isProgressShown: boolean) {
    this.#streams = streams;
    this.#isProgressShown = isProgressShown && streams.stderr.isTTY === true;
  }

  get width(): number {
    return Math.max(40, this.#streams.stdout.columns ?? 80);
  }

  /** Resolves when the text is handed over, so that nothing is lost at exit and a closed pipe is noticed. */
  result(text: string): Promise<void> {
    this.clearProgress();
    return new Promise((resolve, reject) => {
      this.#streams.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }

  message(text: string): void {
    this.clearProgress();
    this.#streams.stderr.write(`stillhunt: ${escapeForTerminal(text)}\n`);
  }

  /** Text of our own, such as a stack, line by line as it is. */
  raw(text: string): void {
    this.clearProgress();
    this.#streams.stderr.write(`${text}\n`);
  }

  progress(text: string): void {
    if (!this.#isProgressShown) return;
    this.#streams.stderr.write(`\r\u001b[K${text}`);
    this.#line = text;
  }

  clearProgress(): void {
    if (this.#line !== '') this.#streams.stderr.write('\r\u001b[K');
    this.#line = '';
  }

  paint(choice: ColorChoice): ChalkInstance {
    return new Chalk({ level: colorLevel(choice, this.#streams) });
  }
}

function colorLevel(choice: ColorChoice, { stdout, environment }: Streams): 0 | 1 {
  if (choice !== 'auto') return choice === 'always' ? 1 : 0;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined) return forced === '0' || forced === 'false' ? 0 : 1;
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return 0;
  return stdout.isTTY === true && environment.TERM !== 'dumb' ? 1 : 0;
}
