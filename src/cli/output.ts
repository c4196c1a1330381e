import { copyFile, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join as joinPath, resolve } from 'node:path';
import { ConfigError, messageOf, UsageError } from '../util/errors.ts';

/** A file that is written beside its place and put there in one step, so that nobody ever sees half of it. */
export class Output {
  readonly path: string;
  /** Where it will lie, links followed. */
  readonly target: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(path: string, target: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.target = target;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** Fails at once where the place cannot be written. */
  static async open(path: string, target: string): Promise<Output> {
    const temporary = joinPath(dirname(target), `.${basename(target)}.${process.pid}.part`);
    const handle = await open(temporary, 'wx').catch((cause) => {
      throw unwritable(path, cause, 'check the directory and your rights there');
    });
    return new Output(path, target, temporary, handle);
  }

  async write(content: string | Uint8Array): Promise<void> {
    await this.#orFail(() => this.#handle.writeFile(content));
  }

  /** Takes a file over, from another file system too. */
  async take(path: string): Promise<void> {
    await this.#orFail(async () => {
      try {
        await rename(path, this.#temporary);
      } catch {
        await copyFile(path, this.#temporary);
      }
    });
  }

  async close(): Promise<void> {
    await this.#orFail(() => this.#handle.close());
  }

  async put(): Promise<void> {
    await this.#orFail(() => rename(this.#temporary, this.target));
  }

  /** Leaves no trace. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => {});
    await rm(this.#temporary, { force: true });
  }

  async #orFail(action: () => Promise<void>): Promise<void> {
    await action().catch((cause) => {
      throw unwritable(this.path, cause, 'check the space and your rights there');
    });
  }
}

/** All outputs of a run: put in place together at the end, or none of them. */
export class Outputs {
  readonly #overwrite: boolean;
  readonly #all: Output[] = [];

  constructor(overwrite: boolean) {
    this.#overwrite = overwrite;
  }

  /** Throws `UsageError` where the path names no file, one that is there already, or another output. */
  async add(path: string): Promise<Output> {
    const target = await targetOf(path, this.#overwrite);
    if (this.#all.some((other) => other.target === target))
      throw new UsageError(`${path} is named as an output twice`, 'give each output a file of its own');
    const output = await Output.open(path, target);
    this.#all.push(output);
    return output;
  }

  /** Throws `UsageError` if an output would take the place of one of these files. */
  async refuse(inputs: readonly string[]): Promise<void> {
    const files = new Set(await Promise.all(inputs.map((input) => realpath(input).catch(() => input))));
    const output = this.#all.find((one) => files.has(one.target));
    if (output !== undefined) throw new UsageError(`${output.path} is an input as well`, 'name another file');
  }

  /** Whatever can fail for want of space is over before the first file moves. */
  async commit(): Promise<void> {
    for (const output of this.#all) await output.close();
    for (const output of this.#all) await output.put();
  }

  /** After `commit` there is nothing left to discard. */
  async discard(): Promise<void> {
    for (const output of this.#all) await output.discard();
  }
}

async function targetOf(path: string, overwrite: boolean): Promise<string> {
  const present = await stat(path).catch(() => undefined);
  if (present === undefined) {
    const directory = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
    return joinPath(directory, basename(path));
  }
  if (!present.isFile()) throw new UsageError(`${path} is no regular file`, 'name a file to write');
  if (!overwrite) throw new UsageError(`${path} exists already`, 'name another file, or overwrite it with --force');
  return realpath(path);
}

function unwritable(path: string, cause: unknown, hint: string): ConfigError {
  const reason = messageOf(cause).split(', ')[0] ?? '';
  return new ConfigError(`${path}: cannot be written (${reason})`, hint, cause);
}
