import { CsvError, type Parser, parse } from 'csv-parse';
import type { CsvDialect } from '../engine/duckdb/sources.ts';
import { type RowShape, swallowsRow } from './row-shape.ts';

/** One record of a CSV file, and where it stands. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  /** Its number in the file, from 1; the header and empty lines count. */
  readonly record: number;
  /** Why it could not be split into cells, or null. */
  readonly reject: (typeof recordRejects)[number] | null;
}

/** All reasons why a record may be rejected here. */
export const recordRejects = ['broken quoting', 'line too long'] as const;

/** As the engine's own reader has it. */
const maximumRecordLength = 2_000_000;

/**
 * The records of a CSV file after its header, in batches, from a parser that forgives stray quotes and any line end. Where
 * a quote never closes, or only after a line that is laid out as a row of `shape`, the line on which it opens is rejected and
 * reading goes on after it, so that one quote costs one line. `open` gives the unpacked bytes from a position on. Rejects with what `open` rejects with.
 */
export async function* csvRecords(
  open: (startByte: number) => AsyncIterable<Buffer>,
  dialect: CsvDialect,
  shape: RowShape,
): AsyncIterable<readonly CsvRecord[]> {
  const place: Place = { line: 1, record: 1, byte: 0 };
  let broken: Omit<CsvRecord, 'reject'> | undefined;
  for (let isWhole = false; !isWhole; ) {
    const reader = new BatchReader(dialect, shape, place);
    const lineStart = place.byte;
    const bytes = open(lineStart);
    isWhole = yield* reader.read(broken === undefined ? bytes : withoutLine(bytes, place, reader));
    if (broken !== undefined) {
      const isLong = reader.firstByte - lineStart > maximumRecordLength;
      yield [{ ...broken, reject: isLong ? 'line too long' : 'broken quoting' }];
    }
    broken = { cells: [], line: place.line, record: place.record };
    if (!isWhole) {
      place.line += 1;
      place.record += 1;
    }
  }
}

/** Where the next record begins; all but `byte` count from 1. */
interface Place {
  line: number;
  record: number;
  byte: number;
}

async function* withoutLine(bytes: AsyncIterable<Buffer>, place: Place, reader: BatchReader): AsyncIterable<Buffer> {
  let isInLine = true;
  for await (const chunk of bytes) {
    if (!isInLine) {
      yield chunk;
      continue;
    }
    const end = chunk.indexOf('\n');
    place.byte += end === -1 ? chunk.length : end + 1;
    reader.firstByte = place.byte;
    if (end === -1) continue;
    isInLine = false;
    yield chunk.subarray(end + 1);
  }
}

/** Feeds one parser and keeps count of lines: its own count takes a quoted CR LF for two. */
class BatchReader {
  /** Where in the file the parser's first byte stands. */
  firstByte: number;
  readonly #parser: Parser;
  readonly #place: Place;
  readonly #shape: RowShape;
  #isBroken = false;
  #batch: CsvRecord[] = [];

  constructor(dialect: CsvDialect, shape: RowShape, place: Place) {
    this.#shape = shape;
    this.#place = place;
    this.firstByte = place.byte;
    this.#parser = parse({
      bom: place.byte === 0,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      escape: dialect.escape,
      max_record_size: maximumRecordLength,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      on_record: (cells: string[], { bytes }) => {
        this.#take(cells, bytes);
        return null;
      },
    });
    this.#parser.on('error', () => {});
    this.#parser.resume();
  }

  /** Returns whether it came to the end of the file; if not, the record after the last good one is broken. */
  async *read(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly CsvRecord[], boolean> {
    for await (const chunk of bytes) {
      const isGood = await this.#write(chunk);
      if (this.#batch.length > 0) yield this.#flush();
      if (!isGood) return false;
    }
    const isGood = await this.#end();
    if (this.#batch.length > 0) yield this.#flush();
    return isGood;
  }

  #take(cells: string[], bytes: number): void {
    this.#isBroken = this.#isBroken || swallowsRow(cells, this.#shape);
    if (this.#isBroken) return;
    const { line, record } = this.#place;
    const isEmptyLine = cells.length === 1 && cells[0] === '';
    if (record > 1 && !isEmptyLine) this.#batch.push({ cells, line, record, reject: null });
    this.#place.line = line + 1 + lineBreaks(cells);
    this.#place.record = record + 1;
    this.#place.byte = this.firstByte + bytes;
  }

  #flush(): readonly CsvRecord[] {
    const batch = this.#batch;
    this.#batch = [];
    return batch;
  }

  #write(chunk: Buffer): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#parser.write(chunk, (error) => settle(error, (isGood) => resolve(isGood && !this.#isBroken), reject));
    });
  }

  #end(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#parser.once('error', (error) => settle(error, resolve, reject));
      this.#parser.once('end', () => resolve(!this.#isBroken));
      this.#parser.end();
    });
  }
}

function settle(
  error: Error | null | undefined,
  resolve: (isGood: boolean) => void,
  reject: (error: Error) => void,
): void {
  if (error === null || error === undefined) resolve(true);
  else if (error instanceof CsvError) resolve(false);
  else reject(error);
}

function lineBreaks(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (cell.includes('\n') || cell.includes('\r')) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return count;
}
