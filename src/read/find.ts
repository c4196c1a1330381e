import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunContext } from '../engine/context.ts';
import { sql } from '../engine/sql.ts';
import type { SampledFile } from '../model/calls.ts';
import { InputError } from '../util/errors.ts';
import { fullDisk, isOurs } from './blame.ts';
import { cannotRead } from './head.ts';

/** A file that was named, or found below what was named. */
export interface FoundFile {
  /** As the user named it. */
  readonly path: string;
  readonly realPath: string;
  /** Size on disk. */
  readonly bytes: number;
  /** Set where only a part of it is read. */
  readonly sampled?: SampledFile;
  /** Columns in its path (`day=2026-02-03/`); NULL is spelt `__HIVE_DEFAULT_PARTITION__` there. */
  readonly partitions: ReadonlyMap<string, string | null>;
}

/**
 * The files behind paths, globs, directories and `-`, in the order given; those of a directory or glob by name. In a
 * directory, files count that end in one of `extensions`.
 */
export async function findFiles(
  context: RunContext,
  paths: readonly string[],
  extensions: readonly string[],
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    if (path === '-') found.push(await describe(await spool(context, process.stdin, '-', found.length), '-'));
    else
      for (const file of await expand(context, path, extensions))
        found.push(await describeAny(context, file, found.length));
  }
  for (const file of found) {
    if (file.bytes === 0) context.emit({ kind: 'note', text: `${file.path} is empty` });
  }
  const filled = found.filter((file) => file.bytes > 0);
  if (filled.length === 0) throw new InputError(`${paths.join(', ')}: nothing in it`, 'name an export that has rows');
  const byRealPath = new Map(filled.toReversed().map((file) => [file.realPath, file]));
  return filled.filter((file) => byRealPath.get(file.realPath) === file);
}

async function expand({ engine }: RunContext, path: string, extensions: readonly string[]): Promise<string[]> {
  const entry = await stat(path).catch((cause) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw cannotRead(path, cause);
  });
  if (entry?.isDirectory()) {
    const names = await readdir(path, { recursive: true }).catch((cause) => {
      throw cannotRead(path, cause);
    });
    const ending = new RegExp(`\\.(${extensions.join('|')})(\\.(gz|zst))?$`, 'i');
    const files = names.filter((name) => ending.test(name)).sort();
    if (files.length > 0) return files.map((name) => joinPath(path, name));
    throw new InputError(`${path}: no export in this directory`, `files end in ${extensions.join(', ')}`);
  }
  if (entry !== undefined) return [path];
  if (!/[*?[{]/.test(path)) throw new InputError(`${path}: no such file`, 'check the path');
  const matches = await engine.query(sql`SELECT file FROM glob(${path}) ORDER BY file`);
  if (matches.numRows === 0) throw new InputError(`${path}: matches no file`, 'check the pattern');
  return [...matches].map((row) => row.file);
}

/** What cannot be read twice, such as the `<(...)` of a shell, goes through the work directory as standard input does. */
async function describeAny(context: RunContext, file: string, position: number): Promise<FoundFile> {
  const entry = await stat(file).catch((cause) => {
    throw cannotRead(file, cause);
  });
  if (entry.isFile()) return describe(file, file);
  if (entry.isDirectory()) throw new InputError(`${file}: is a directory`, 'name the directory itself, or its files');
  return describe(await spool(context, createReadStream(file), file, position), file);
}

/** Standard input may hold a format that needs seeking, so it is written to the work directory first. */
async function spool(
  { engine }: RunContext,
  stream: NodeJS.ReadableStream,
  name: string,
  position: number,
): Promise<string> {
  const path = joinPath(engine.workDirectory, `spooled-${position}`);
  await pipeline(stream, createWriteStream(path, { highWaterMark: 1 << 20 })).catch((cause) => {
    throw isOurs(cause) ? cause : (fullDisk(cause) ?? cannotRead(name, cause));
  });
  return path;
}

async function describe(file: string, name: string): Promise<FoundFile> {
  try {
    const { size } = await stat(file);
    const realPath = await realpath(file);
    return { path: name, realPath, bytes: size, partitions: partitionsIn(realPath) };
  } catch (cause) {
    throw cannotRead(name, cause);
  }
}

/** As Hive writes directories, and as the engine reads them. */
function partitionsIn(path: string): ReadonlyMap<string, string | null> {
  const directories = path.split('/').slice(0, -1);
  return new Map(
    directories.flatMap((directory): [string, string | null][] => {
      const [, name, value] = /^([^=]+)=(.*)$/.exec(directory) ?? [];
      if (name === undefined || value === undefined) return [];
      return [[name, value === '__HIVE_DEFAULT_PARTITION__' ? null : unescaped(value)]];
    }),
  );
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
