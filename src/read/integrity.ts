import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError } from '../util/errors.ts';
import type { InputFile } from './container.ts';
import { isWholeZstd } from './zstd-frames.ts';

/**
 * Looks beside the engine whether compressed files are whole, since it takes a cut one for a short one: gzip files are
 * unpacked once, of zstd files only the frame is followed. Resolves with the first error, or with undefined where all are
 * whole; never rejects, so it may be awaited late.
 */
export async function findDamage(files: readonly InputFile[]): Promise<InputError | undefined> {
  for (const file of files) {
    try {
      if (file.compression === 'gzip') await unpackToNowhere(file.realPath);
      if (file.compression === 'zstd' && !(await isWhole(file))) return damaged(file);
    } catch (cause) {
      return damaged(file, cause);
    }
  }
  return undefined;
}

/** The error for a compressed file that ends too early or does not unpack. */
function damaged({ path, compression }: InputFile, cause?: unknown): InputError {
  return new InputError(`${path}: the ${compression} file is damaged or cut`, 'export or copy it again', cause);
}

async function isWhole({ realPath, bytes }: InputFile): Promise<boolean> {
  const file = await open(realPath);
  try {
    return await isWholeZstd(file, bytes);
  } finally {
    await file.close();
  }
}

async function unpackToNowhere(path: string): Promise<void> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const packed = createReadStream(path, { highWaterMark: 1 << 20 });
  await pipeline(packed, createGunzip({ chunkSize: 1 << 20 }), nowhere);
}
