import { Chalk, type ChalkInstance } from 'chalk';
import type { colorChoices } from '../config/choices.ts';
import { ConfigError, messageOf } from '../util/errors.ts';
import { escapeForTerminal, escapeInJson } from '../util/escape.ts';

/** Where output goes; tests put their own in place. */
export interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const processStreams: Streams = { stdout: process.stdout, stderr: process.stderr, environment: process.env };

export type ColorChoice = (typeof colorChoices)[number];

/** Whoever reads standard output has seen enough. */
export class ClosedPipe extends Error {
  override readonly name = 'ClosedPipe';
}

const defaultWidth = 80;
const leastWidth = 40;

/** The only place that writes to the console. Results go to stdout, messages to stderr. */
export class Terminal {
  readonly #streams: Streams;
  #line = '';
  #speaksJson = false;

  constructor(streams: Streams) {
    this.#streams = streams;
    // A stream that breaks is met where it is written; unheard, its event would end the process as if it had found something.
    streams.stdout.on('error', () => {});
    streams.stderr.on('error', () => {});
  }

  get width(): number {
    return Math.max(leastWidth, this.#streams.stdout.columns ?? defaultWidth);
  }

  get environment(): Streams['environment'] {
    return this.#streams.environment;
  }

  /** From here on, every line on stderr is a JSON object, for programs that watch a run. */
  speakJson(): void {
    this.#speaksJson = true;
  }

  /** Resolves when the text is handed over. Throws `ClosedPipe`, or `ConfigError` where stdout cannot be written. */
  result(text: string): Promise<void> {
    this.clearProgress();
    return new Promise<void>((resolve, reject) => {
      this.#streams.stdout.write(text, (error) => (error ? reject(error) : resolve()));
    }).catch((cause) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EPIPE') throw new ClosedPipe();
      throw new ConfigError(`standard output cannot be written (${messageOf(cause)})`, 'check where it leads', cause);
    });
  }

  /** One line on stderr, whatever the text holds. */
  message(text: string): void {
    if (this.#speaksJson) this.record({ kind: 'message', text });
    else this.#write(`stillhunt: ${escapeForTerminal(text)}\n`);
  }

  /** An object as one line on stderr. */
  record(object: object): void {
    this.#write(`${escapeInJson(JSON.stringify(object))}\n`);
  }

  /** Lines of our own on stderr, such as a stack. */
  lines(text: string): void {
    if (this.#speaksJson) this.record({ kind: 'stack', text });
    else this.#write(`${text.split('\n').map(escapeForTerminal).join('\n')}\n`);
  }

  /** Shows a line on a terminal until something else is written; elsewhere nothing. */
  progress(text: string): void {
    const { stderr } = this.#streams;
    if (stderr.isTTY !== true) return;
    stderr.write(`\r\u001b[K${[...text].slice(0, (stderr.columns ?? defaultWidth) - 1).join('')}`);
    this.#line = text;
  }

  clearProgress(): void {
    if (this.#line !== '') this.#streams.stderr.write('\r\u001b[K');
    this.#line = '';
  }

  #write(text: string): void {
    this.clearProgress();
    this.#streams.stderr.write(text);
  }

  paint(choice: ColorChoice): ChalkInstance {
    return new Chalk({ level: colorLevel(choice, this.#streams) });
  }
}

function colorLevel(choice: ColorChoice, { stdout, environment }: Streams): 0 | 1 {
  if (choice !== 'auto') return choice === 'always' ? 1 : 0;
  const forced = environment.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced === '0' || forced === 'false' ? 0 : 1;
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return 0;
  return stdout.isTTY === true && environment.TERM !== 'dumb' ? 1 : 0;
}
