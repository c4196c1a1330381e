import { isUtf8 } from 'node:buffer';
import type { RunContext } from '../engine/context.ts';
import { InputError } from '../util/errors.ts';
import { type InputFile, type RowBatch, sampleRows } from './container.ts';
import { type JsonObject, parsedObject } from './json-head.ts';
import { BrokenJson, type JsonPiece, JsonSplitter } from './json-splitter.ts';
import { type TextRow, textRows } from './lines.ts';
import { hasByteOrderMark } from './text-head.ts';
import { unpacker } from './unpack.ts';

/** What the rest of a file is called after its brackets or quotes stopped making sense. */
export const brokenJson = 'broken JSON';

/**
 * The rows of a file of JSON values as text, in batches. Where it is broken, nobody can tell how many rows follow: throws
 * `InputError`, or with `--tolerant` warns and rejects the rest as one row.
 */
export async function* documentRows(context: RunContext, file: InputFile): AsyncIterable<RowBatch> {
  const open = await unpacker(context, file);
  const splitter = new JsonSplitter();
  let record = 0;
  const rowOf = ({ bytes, line }: JsonPiece): TextRow => {
    record += 1;
    return { text: isUtf8(bytes) ? bytes.toString('utf8') : null, line, record, reject: null };
  };
  try {
    for await (const chunk of withoutMark(open(0))) yield textRows(splitter.take(chunk).map(rowOf));
    yield textRows(splitter.end().map(rowOf));
  } catch (cause) {
    if (!(cause instanceof BrokenJson)) throw cause;
    const text = `${file.path}: ${cause.message}`;
    if (!context.config.tolerant)
      throw new InputError(text, 'export it again; --tolerant reads what stands before', cause);
    context.emit({ kind: 'warning', text: `${text}; nothing from there on is read` });
    yield textRows([...splitter.before().map(rowOf), broken(cause.line, record + 1)]);
  }
}

async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    yield isFirst && hasByteOrderMark(chunk) ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

function broken(line: number, record: number): TextRow {
  return { text: null, line, record, reject: brokenJson };
}

/** The first objects of such a file, as far as it makes sense, and how many rows were seen for that. */
export async function firstObjects(
  context: RunContext,
  file: InputFile,
): Promise<{ readonly objects: readonly JsonObject[]; readonly rows: number }> {
  const objects: JsonObject[] = [];
  let seen = 0;
  const silently = { ...context, emit: () => {}, config: { ...context.config, tolerant: true } };
  for await (const rows of documentRows(silently, file)) {
    seen += rows.places.length;
    for (const text of rows.columns[0] ?? []) {
      const object = parsedObject(text ?? '');
      if (object !== undefined) objects.push(object);
    }
    if (objects.length >= sampleRows) break;
  }
  return { objects, rows: seen };
}
