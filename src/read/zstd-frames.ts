import type { FileHandle } from 'node:fs/promises';

const frameMagic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;
const rawRleBlock = 1;

/**
 * Whether a zstd file ends where its last frame ends (RFC 8878, section 3.1). Only the headers of the blocks are read, so
 * this costs next to nothing; it finds a cut file, not a flipped bit.
 */
export async function isWholeZstd(file: FileHandle, bytes: number): Promise<boolean> {
  let position: number | undefined = 0;
  while (position !== undefined && position < bytes) position = await frameEnd(file, position);
  return position === bytes;
}

async function frameEnd(file: FileHandle, start: number): Promise<number | undefined> {
  const head = await bytesAt(file, start, 8);
  if (head === undefined) return undefined;
  const magic = head.readUInt32LE(0);
  if ((magic & 0xfffffff0) >>> 0 === skippableMagic) return start + 8 + head.readUInt32LE(4);
  if (magic !== frameMagic) return undefined;
  const descriptor = head.readUInt8(4);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const firstBlock = start + 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
  const end = await lastBlockEnd(file, firstBlock);
  const checksumBytes = (descriptor & 4) === 0 ? 0 : 4;
  return end === undefined ? undefined : end + checksumBytes;
}

async function lastBlockEnd(file: FileHandle, firstBlock: number): Promise<number | undefined> {
  for (let position = firstBlock; ; ) {
    const head = await bytesAt(file, position, 3);
    if (head === undefined) return undefined;
    const header = head.readUIntLE(0, 3);
    position += 3 + (((header >> 1) & 3) === rawRleBlock ? 1 : header >> 3);
    if ((header & 1) === 1) return position;
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return bytesRead === length ? buffer : undefined;
}
