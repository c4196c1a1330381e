import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import type { RunContext } from '../engine/context.ts';
import { unpackLines } from '../engine/duckdb/sources.ts';
import { fullDisk } from './blame.ts';
import type { InputFile } from './container.ts';
import { damaged, isWhole } from './integrity.ts';

const chunkBytes = 1 << 18;

/**
 * Makes a function that gives the unpacked bytes of a file from a position on. A gzip file is unpacked into the work
 * directory when a second position is asked for. Node 20 has no zstd, so there the engine unpacks at once: as Latin-1, in
 * which every byte is a character, so that broken UTF-8 passes through unchanged. Throws `InputError` where that file is cut.
 */
export async function unpacker(
  { engine }: RunContext,
  file: InputFile,
): Promise<(startByte: number) => AsyncIterable<Buffer>> {
  if (file.compression === 'none')
    return (start) => createReadStream(file.realPath, { start, highWaterMark: chunkBytes });
  const target = joinPath(engine.workDirectory, `unpacked-${file.number}`);
  if (file.compression === 'gzip')
    return (start) => (start === 0 ? gunzip(file.realPath) : fromCopy(file, target, start));
  if (!(await isWhole(file))) throw damaged(file);
  await engine.execute(unpackLines(file.realPath, target));
  return (start) => skip(fromLatin1(target), start);
}

async function* fromCopy(file: InputFile, target: string, start: number): AsyncIterable<Buffer> {
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  if (!isThere)
    await pipeline(gunzip(file.realPath), createWriteStream(target)).catch((cause) => {
      throw fullDisk(cause) ?? cause;
    });
  yield* createReadStream(target, { start, highWaterMark: chunkBytes });
}

async function* gunzip(path: string): AsyncIterable<Buffer> {
  const packed = createReadStream(path, { highWaterMark: chunkBytes });
  const unpacked = createGunzip({ chunkSize: chunkBytes });
  packed.on('error', (error) => unpacked.destroy(error));
  yield* packed.pipe(unpacked);
}

async function* fromLatin1(path: string): AsyncIterable<Buffer> {
  const decoder = new StringDecoder('utf8');
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes }))
    yield Buffer.from(decoder.write(chunk), 'latin1');
}

async function* skip(bytes: AsyncIterable<Buffer>, count: number): AsyncIterable<Buffer> {
  let left = count;
  for await (const chunk of bytes) {
    if (left < chunk.length) yield chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
