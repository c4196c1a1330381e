import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { RunContext } from '../engine/context.ts';
import { firstLines } from '../engine/duckdb/sources.ts';
import type { InputSummary } from '../model/calls.ts';
import { InputError } from '../util/errors.ts';

type Compression = InputSummary['compression'];

/** A file's first unpacked bytes and how it is packed. */
export interface Head {
  readonly compression: Compression;
  readonly bytes: Buffer;
}

/** Enough for some rows. */
const usualBytes = 1 << 18;
/** Where the first line is longer than that. */
const mostBytes = 1 << 24;
const packedBytes = 1 << 16;
const firstRows = 200;

const magicGzip = Buffer.from([0x1f, 0x8b]);
const magicZstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Reads the head of a file, so much of it that the first line is whole if it is no longer than 16 MB. */
export async function readHead(context: RunContext, file: string, name: string): Promise<Head> {
  const magic = await plainHead(file, name, 4);
  const compression = compressionOf(magic);
  if (compression === 'zstd') return { compression, bytes: await zstdHead(context, file, name) };
  const read = (length: number) => (compression === 'gzip' ? gzipHead(file, length) : plainHead(file, name, length));
  const bytes = await read(usualBytes);
  return { compression, bytes: bytes.length < usualBytes || bytes.includes(10) ? bytes : await read(mostBytes) };
}

function compressionOf(magic: Buffer): Compression {
  if (magic.subarray(0, 2).equals(magicGzip)) return 'gzip';
  return magic.equals(magicZstd) ? 'zstd' : 'none';
}

async function plainHead(file: string, name: string, length: number): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw cannotRead(name, cause);
  }
}

/** What a cut or damaged file still gives; the damage is found when it is read. */
async function gzipHead(file: string, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const packed = createReadStream(file, { highWaterMark: packedBytes });
  const unpacked = packed.on('error', (error) => unpacked.destroy(error)).pipe(createGunzip());
  try {
    for await (const chunk of unpacked) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) break;
    }
  } catch {
    // Nothing to do: the bytes so far are the head.
  } finally {
    packed.destroy();
  }
  return Buffer.concat(chunks).subarray(0, length);
}

/** Node 20 has no zstd, so here the engine reads lines. */
async function zstdHead({ engine }: RunContext, file: string, name: string): Promise<Buffer> {
  const lines = await engine.query(firstLines(file, 'zstd', firstRows)).catch((cause) => {
    throw new InputError(`${name}: the zstd file is damaged or cut`, 'export or copy it again', cause);
  });
  const text = [...lines].map((row) => `${row.line ?? ''}\n`).join('');
  return Buffer.from(text, 'latin1');
}

/** The error for a file that cannot be opened. */
export function cannotRead(name: string, cause: unknown): InputError {
  return new InputError(`${name}: cannot be read`, 'check that it exists and that you may read it', cause);
}
