import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { RunContext } from '../engine/context.ts';
import { InputError } from '../util/errors.ts';
import type { FileLayout, InputFile } from './container.ts';
import { isWholeZstd } from './zstd-frames.ts';

/** What the engine does not notice of the files that it reads. */
export interface Findings {
  /** The first file that ends too early or does not unpack. */
  readonly damage: InputError | undefined;
  /** Real paths of files in which rows hide from the engine. */
  readonly hidingRows: ReadonlySet<string>;
}

const chunkBytes = 1 << 20;

/**
 * Looks at files beside the engine. It takes a cut file for a short one, so gzip files are unpacked once and of zstd files
 * the frame is followed; and it takes rows between two stray quotes for a value, so what a `watch` asks for is read too.
 * Never rejects, so it may be awaited late.
 */
export async function lookBeside(layouts: readonly FileLayout[]): Promise<Findings> {
  const hidingRows = new Set<string>();
  for (const layout of layouts) {
    const { file } = layout;
    try {
      if (file.compression === 'zstd' && !(await isWhole(file))) return { damage: damaged(file), hidingRows };
      if (file.compression !== 'zstd' && (await hidesRows(layout))) hidingRows.add(file.realPath);
    } catch (cause) {
      return { damage: damaged(file, cause), hidingRows };
    }
  }
  return { damage: undefined, hidingRows };
}

/** The error for a file that ends too early or does not unpack. */
export function damaged({ path, compression }: InputFile, cause?: unknown): InputError {
  if (compression === 'none') return new InputError(`${path}: cannot be read to the end`, 'check the disk', cause);
  return new InputError(`${path}: the ${compression} file is damaged or cut`, 'export or copy it again', cause);
}

/** Whether a zstd file ends where it says. */
export async function isWhole({ realPath, bytes }: InputFile): Promise<boolean> {
  const file = await open(realPath);
  try {
    return await isWholeZstd(file, bytes);
  } finally {
    await file.close();
  }
}

/** Reads the file to its end, unless nothing is gained by it. */
async function hidesRows({ file, watch }: FileLayout): Promise<boolean> {
  if (file.compression === 'none' && watch === undefined) return false;
  const watcher = watch?.();
  let isFound = false;
  for await (const chunk of bytesOf(file)) {
    isFound = isFound || watcher?.take(chunk) === true;
    if (isFound && file.compression === 'none') return true;
  }
  return isFound || watcher?.end() === true;
}

function bytesOf({ realPath, compression }: InputFile): AsyncIterable<Buffer> {
  const stream = createReadStream(realPath, { highWaterMark: chunkBytes });
  if (compression === 'none') return stream;
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  stream.on('error', (error) => unpacked.destroy(error));
  return stream.pipe(unpacked);
}

/** Warns of files that were written to while they were read: which of their rows were seen is chance. */
export async function warnOfChanges({ emit }: RunContext, files: readonly InputFile[]): Promise<void> {
  for (const { path, realPath, bytes, sampled } of files) {
    if (sampled !== undefined) continue;
    const size = await stat(realPath).then(
      (entry) => entry.size,
      () => undefined,
    );
    if (size === bytes) continue;
    const what = size === undefined ? 'was removed' : size > bytes ? 'has grown' : 'has shrunk';
    emit({ kind: 'warning', text: `${path}: ${what} while it was read; scan it again once nobody writes to it` });
  }
}
