import type { CsvDialect } from '../engine/duckdb/sources.ts';
import { isRowLike, type RowShape } from './row-shape.ts';

const lineFeed = 10;

/**
 * Looks at the bytes of a CSV file for rows within quotes. Two stray quotes make all between them one value, which is legal,
 * so that no parser complains; only what stands there gives it away. Costs next to nothing where there are no quotes.
 */
export class QuoteWatcher {
  readonly #shape: RowShape;
  readonly #quote: number;
  readonly #escape: number;
  readonly #delimiter: number;
  #isInQuotes = false;
  /** A line that is not all there yet. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(dialect: CsvDialect, shape: RowShape) {
    this.#shape = shape;
    this.#quote = dialect.quote.charCodeAt(0);
    this.#escape = dialect.escape.charCodeAt(0);
    this.#delimiter = Buffer.from(dialect.delimiter).at(-1) ?? 0;
  }

  /** Returns whether these bytes, after those before, hold a row within quotes. */
  take(chunk: Buffer): boolean {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    this.#rest = Buffer.from(bytes.subarray(end));
    return this.#lines(bytes.subarray(0, end));
  }

  /** The same for the last line, which may lack its end. */
  end(): boolean {
    return this.#rest.length > 0 && this.#line(this.#rest);
  }

  #lines(bytes: Buffer): boolean {
    for (let start = 0; start < bytes.length; ) {
      if (!this.#isInQuotes) {
        const quote = bytes.indexOf(this.#quote, start);
        if (quote === -1) return false;
        start = quote === 0 ? 0 : Math.max(start, bytes.lastIndexOf(lineFeed, quote - 1) + 1);
      }
      const end = bytes.indexOf(lineFeed, start);
      if (this.#line(bytes.subarray(start, end))) return true;
      start = end + 1;
    }
    return false;
  }

  #line(line: Buffer): boolean {
    if (this.#isInQuotes && isRowLike(line.toString('utf8'), this.#shape)) return true;
    this.#follow(line);
    return false;
  }

  /** A quote opens a value only where the value begins. */
  #follow(line: Buffer): void {
    let isInQuotes = this.#isInQuotes;
    let isAtStart = true;
    for (let position = 0; position < line.length; position += 1) {
      const byte = line[position];
      if (isInQuotes) {
        const isEscape = byte === this.#escape && (byte !== this.#quote || line[position + 1] === this.#quote);
        if (isEscape) position += 1;
        else if (byte === this.#quote) isInQuotes = false;
      } else {
        if (byte === this.#quote && isAtStart) isInQuotes = true;
        isAtStart = byte === this.#delimiter;
      }
    }
    this.#isInQuotes = isInQuotes;
  }
}
