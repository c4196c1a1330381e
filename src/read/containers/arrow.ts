import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { type RecordBatch, RecordBatchReader } from 'apache-arrow';
import { InputError, messageOf } from '../../util/errors.ts';
import { jsonValue, textsOfVector } from '../arrow-values.ts';
import { isOurs } from '../blame.ts';
import { type Container, type InputFile, ownNames, type Reader, type RowBatch, sampleRows } from '../container.ts';

const fileMagic = Buffer.from('ARROW1');
/** A stream begins with the length of its schema message, after a mark. */
const streamMark = Buffer.from([0xff, 0xff, 0xff, 0xff]);
const chunkBytes = 1 << 20;
const longestSchemaBytes = 1 << 24;

/** Apache Arrow IPC, file or stream (https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc). */
export const arrow: Container = {
  name: 'arrow',
  extensions: ['arrow', 'arrows', 'feather', 'ipc'],
  isBinary: true,
  recognises: (head) => isFile(head) || isStream(head),
  async examine(_context, file) {
    for await (const batch of batchesOf(file)) {
      const names = batch.schema.fields.map(({ name }) => name).filter((name) => name !== '' && !name.includes('\0'));
      const rows = batch.slice(0, sampleRows).toArray();
      const sample = rows.map((row) => Object.fromEntries(names.map((name) => [name, jsonValue(row?.[name])])));
      const columns = new Map(names.map((name) => [name, 'VARCHAR']));
      return { file, key: JSON.stringify(names), columnsVary: false, columns, sample, reader: readerOf(file) };
    }
    return undefined;
  },
};

function readerOf(like: InputFile): Reader {
  return {
    byRow: {
      tableColumns: (uses) => ownNames(like, uses),
      rows: async function* (_context, file, uses) {
        let first = 1;
        for await (const batch of batchesOf(file)) {
          yield rowsOf(batch, ownNames(like, uses), first);
          first += batch.numRows;
        }
      },
    },
    rejectReasons: [],
  };
}

function rowsOf(batch: RecordBatch, uses: readonly string[], first: number): RowBatch {
  const places = Array.from({ length: batch.numRows }, (_, row) => ({
    line: first + row,
    record: first + row,
    reject: null,
  }));
  const columns = uses.map((name) => {
    const vector = batch.getChild(name);
    return vector === null ? places.map(() => null) : textsOfVector(vector);
  });
  return { columns, places };
}

function isFile(head: Buffer): boolean {
  return head.subarray(0, fileMagic.length).equals(fileMagic);
}

function isStream(head: Buffer): boolean {
  if (head.length < 16 || !head.subarray(0, 4).equals(streamMark)) return false;
  const schemaBytes = head.readInt32LE(4);
  return schemaBytes > 0 && schemaBytes < longestSchemaBytes;
}

/**
 * Never as an asynchronous source: with those the library waits for ever for bytes that a damaged message promises. A file
 * has its index at the end and is held in memory.
 */
async function* batchesOf(file: InputFile): AsyncIterable<RecordBatch> {
  const handle = openSync(file.realPath, 'r');
  try {
    const start = Buffer.alloc(fileMagic.length);
    readSync(handle, start, 0, start.length, 0);
    yield* RecordBatchReader.from(isFile(start) ? readFileSync(handle) : chunksOf(handle));
  } catch (cause) {
    if (isOurs(cause)) throw cause;
    if (messageOf(cause).includes('codec not found')) {
      throw new InputError(`${file.path}: its Arrow buffers are compressed`, 'write it without, or as Parquet', cause);
    }
    throw new InputError(`${file.path}: cannot be read as Arrow`, 'it is cut or damaged; export it again', cause);
  } finally {
    closeSync(handle);
  }
}

function* chunksOf(handle: number): Iterable<Uint8Array> {
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes);
    const bytes = readSync(handle, chunk);
    if (bytes === 0) return;
    yield chunk.subarray(0, bytes);
  }
}
