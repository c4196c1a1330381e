import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InputError, messageOf } from '../util/errors.ts';
import type { InputFile } from './find.ts';

/**
 * Unpacks gzip files once beside the engine, which takes a cut file for a short one. Resolves with the first error, or with
 * undefined where all are whole; never rejects, so it may be awaited late.
 */
export async function findDamage(files: readonly InputFile[]): Promise<InputError | undefined> {
  for (const file of files) {
    if (file.compression !== 'gzip') continue;
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    try {
      await pipeline(
        createReadStream(file.realPath, { highWaterMark: 1 << 20 }),
        createGunzip({ chunkSize: 1 << 20 }),
        nowhere,
      );
    } catch (cause) {
      return new InputError(
        `${file.path}: the gzip file is damaged or cut (${messageOf(cause)})`,
        'export or copy it again',
        cause,
      );
    }
  }
  return undefined;
}
