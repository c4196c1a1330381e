import { createReadStream, createWriteStream } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RunContext } from '../engine/context.ts';
import { sql } from '../engine/sql.ts';
import type { InputSummary } from '../model/calls.ts';
import { InputError } from '../util/errors.ts';

export type InputFile = InputSummary;

const extensions = /\.(csv|tsv|parquet|pq)(\.(gz|zst))?$/i;

/** The files behind paths, globs, directories and `-`, in the order given; those of a directory or glob by name. */
export async function findInputs(context: RunContext, paths: readonly string[]): Promise<InputFile[]> {
  const found: InputFile[] = [];
  for (const path of paths) {
    if (path === '-') found.push(await describe(await spool(context, process.stdin, found.length), '-'));
    else for (const file of await expand(context, path)) found.push(await describeAny(context, file, found.length));
  }
  const filled = found.filter((file) => file.bytes > 0);
  if (filled.length === 0) throw new InputError(`${paths.join(', ')}: nothing in it`, 'name an export that has rows');
  for (const file of found) {
    if (file.bytes === 0) context.emit({ kind: 'note', text: `${file.path} is empty` });
  }
  return filled.filter((file, position) => filled.findIndex((other) => other.realPath === file.realPath) === position);
}

async function expand({ engine }: RunContext, path: string): Promise<string[]> {
  const entry = await stat(path).catch((cause) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
    throw cannotRead(path, cause);
  });
  if (entry?.isDirectory()) {
    const names = await readdir(path, { recursive: true }).catch((cause) => {
      throw cannotRead(path, cause);
    });
    const files = names.filter((name) => extensions.test(name)).sort();
    if (files.length === 0)
      throw new InputError(`${path}: no export in this directory`, 'files end in .csv, .tsv or .parquet');
    return files.map((name) => joinPath(path, name));
  }
  if (entry !== undefined) return [path];
  if (!/[*?[{]/.test(path)) throw new InputError(`${path}: no such file`, 'check the path');
  const matches = await engine.query(sql`SELECT file FROM glob(${path}) ORDER BY file`);
  if (matches.numRows === 0) throw new InputError(`${path}: matches no file`, 'check the pattern');
  return [...matches].map((row) => row.file);
}

/** What cannot be read twice, such as the `<(...)` of a shell, goes through the work directory as standard input does. */
async function describeAny(context: RunContext, file: string, position: number): Promise<InputFile> {
  const entry = await stat(file);
  if (entry.isFile()) return describe(file, file);
  if (entry.isDirectory()) throw new InputError(`${file}: is a directory`, 'name the directory itself, or its files');
  return describe(await spool(context, createReadStream(file), position), file);
}

/** Standard input may hold a format that needs seeking, so it is written to the work directory first. */
async function spool({ engine }: RunContext, stream: NodeJS.ReadableStream, position: number): Promise<string> {
  const path = joinPath(engine.workDirectory, `spooled-${position}`);
  await pipeline(stream, createWriteStream(path));
  return path;
}

function cannotRead(name: string, cause: unknown): InputError {
  return new InputError(`${name}: cannot be read`, 'check that it exists and that you may read it', cause);
}

const magicParquet = Buffer.from('PAR1');
const magicGzip = Buffer.from([0x1f, 0x8b]);
const magicZstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

async function describe(file: string, name: string): Promise<InputFile> {
  const handle = await open(file).catch((cause) => {
    throw cannotRead(name, cause);
  });
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(4096);
    const { bytesRead } = await handle.read(head, 0, head.length, 0).catch((cause) => {
      throw cannotRead(name, cause);
    });
    const start = head.subarray(0, bytesRead);
    const realPath = await realpath(file);
    if (start.subarray(0, 4).equals(magicParquet))
      return { path: name, realPath, format: 'parquet', compression: 'none', bytes: size };
    const compression = compressionOf(start);
    if (compression === 'none' && looksBinary(start)) {
      throw new InputError(`${name}: neither CSV nor Parquet`, 'export the log as CSV (plain, gz, zst) or Parquet');
    }
    return { path: name, realPath, format: 'csv', compression, bytes: size };
  } finally {
    await handle.close();
  }
}

function compressionOf(start: Buffer): InputSummary['compression'] {
  if (start.subarray(0, 2).equals(magicGzip)) return 'gzip';
  return start.subarray(0, 4).equals(magicZstd) ? 'zstd' : 'none';
}

/** Text has next to no control characters; one stray NUL does not make a file binary. */
function looksBinary(start: Buffer): boolean {
  const controls = start.reduce(
    (count, byte) => count + (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 ? 1 : 0),
    0,
  );
  return controls * 20 > start.length;
}
