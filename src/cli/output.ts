import { access, copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join as joinPath } from 'node:path';
import { ConfigError, messageOf, UsageError } from '../util/errors.ts';

/** A file that is written beside its place and put there in one step, so that nobody ever sees half of it. */
export class Output {
  readonly path: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(path: string, temporary: string, handle: FileHandle) {
    this.path = path;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  /** Fails at once where the place cannot be written, or holds a file already and `overwrite` is false. */
  static async open(path: string, overwrite: boolean): Promise<Output> {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists && !overwrite)
      throw new UsageError(`${path} exists already`, 'name another file, or overwrite it with --force');
    const temporary = joinPath(dirname(path), `.${basename(path)}.${process.pid}.part`);
    const handle = await open(temporary, 'w').catch((cause) => {
      throw new ConfigError(
        `${path}: cannot be written (${messageOf(cause)})`,
        'check the directory and your rights there',
        cause,
      );
    });
    return new Output(path, temporary, handle);
  }

  async write(content: string | Uint8Array): Promise<void> {
    await this.#handle.writeFile(content).catch((cause) => {
      throw new ConfigError(`${this.path}: cannot be written (${messageOf(cause)})`, 'free some space', cause);
    });
  }

  /** Takes the content of another file. */
  async copyFrom(path: string): Promise<void> {
    await copyFile(path, this.#temporary);
  }

  async commit(): Promise<void> {
    await this.#handle.close();
    await rename(this.#temporary, this.path);
  }

  /** Leaves no trace. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.#temporary, { force: true });
  }
}

/** All outputs of a run: put in place together at the end, or none of them. */
export class Outputs {
  readonly #all: Output[] = [];

  async add(path: string, overwrite: boolean): Promise<Output> {
    const output = await Output.open(path, overwrite);
    this.#all.push(output);
    return output;
  }

  async commit(): Promise<void> {
    for (const output of this.#all.splice(0)) await output.commit();
  }

  async discard(): Promise<void> {
    for (const output of this.#all.splice(0)) await output.discard();
  }
}
