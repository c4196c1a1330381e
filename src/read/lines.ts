import { isUtf8 } from 'node:buffer';
import type { RunContext } from '../engine/context.ts';
import type { InputFile, RowBatch, RowPlace } from './container.ts';
import { unpacker } from './unpack.ts';

const lineEnd = 10;
const carriageReturn = 13;
const blank = /^[ \t\r]*$/;
const byteOrderMark = Buffer.from('\ufeff');

/** A text can hold no more than some 500 MB; no row of a log is near this. */
export const longestRowBytes = 1 << 27;

/**
 * The lines of a text file as rows of one cell, in batches; blank ones count as lines and are no rows. A line that is not
 * UTF-8 has an empty cell.
 */
export async function* lineRows(context: RunContext, file: InputFile): AsyncIterable<RowBatch> {
  const open = await unpacker(context, file);
  const lines = new LineCollector();
  for await (const chunk of open(0)) yield textRows(lines.take(chunk));
  yield textRows(lines.end());
}

/** A row of one cell. */
export interface TextRow extends RowPlace {
  readonly text: string | null;
}

/** Rows of one cell as a batch. */
export function textRows(rows: readonly TextRow[]): RowBatch {
  return { columns: [rows.map(({ text }) => text)], places: rows };
}

class LineCollector {
  #line = 1;
  #parts: Buffer[] = [];
  #bytes = 0;

  take(chunk: Buffer): TextRow[] {
    const rows: TextRow[] = [];
    let start = 0;
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
      this.#add(chunk.subarray(start, end));
      rows.push(...this.#finish());
      start = end + 1;
    }
    this.#add(chunk.subarray(start));
    return rows;
  }

  end(): TextRow[] {
    return this.#finish();
  }

  #add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes <= longestRowBytes) this.#parts.push(part);
  }

  #finish(): TextRow[] {
    const isLong = this.#bytes > longestRowBytes;
    const bytes = withoutMarks(
      this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts),
      this.#line === 1,
    );
    const line = this.#line;
    this.#parts = [];
    this.#bytes = 0;
    this.#line += 1;
    if (isLong) return [{ text: null, line, record: line, reject: 'line too long' }];
    return rowOf(bytes, line);
  }
}

function withoutMarks(bytes: Buffer = Buffer.alloc(0), isFirst: boolean): Buffer {
  const start = isFirst && bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
  return bytes.subarray(start, bytes.at(-1) === carriageReturn ? -1 : undefined);
}

function rowOf(bytes: Buffer, line: number): TextRow[] {
  if (!isUtf8(bytes)) return [{ text: null, line, record: line, reject: null }];
  const text = bytes.toString('utf8');
  return blank.test(text) ? [] : [{ text, line, record: line, reject: null }];
}
