import { deepestList, type ListStart, wrappedRows } from './json-wrapper.ts';
import { longestRowBytes } from './lines.ts';

/** One row of a JSON file. */
export interface JsonPiece {
  readonly bytes: Buffer;
  /** Line on which it begins, from 1. */
  readonly line: number;
}

/** The text cannot be taken apart from this line on. */
export class BrokenJson extends Error {
  readonly line: number;

  constructor(line: number, what = 'broken JSON') {
    super(`${what} in line ${line}`);
    this.line = line;
  }
}

const [lineFeed, quote, comma, backslash] = [0x0a, 0x22, 0x2c, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Space, and the record separator of JSON text sequences (RFC 7464). */
const isSpace = flags(' \t\r\n\u001e');
/** What stands outside strings: punctuation, numbers, and the words true, false, null, NaN, Infinity. */
const isLegal = flags(' \t\r\n\u001e{}[],:"+-.0123456789eEtrufalsnNIiy');

/** Of a root object longer than this, its beginning decides whether it wraps rows. */
const decidedBytes = 1 << 20;

function flags(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters, 'latin1')) table[byte] = 1;
  return table;
}

/**
 * Takes a stream of JSON values apart into rows, holding no more of it than one row: the items of lists at the root, objects
 * at the root, and where such an object wraps rows, those. Throws `BrokenJson` where brackets do not match or a string does
 * not end in its line; whether a row is JSON through and through is left to whoever reads it.
 */
export class JsonSplitter {
  #data = Buffer.alloc(0);
  #length = 0;
  #position = 0;
  #line = 1;
  /** Brackets that are open, outermost first. */
  #open: number[] = [];
  /** How many brackets are open around each row of the present list; -1 in what a wrapper has beside its rows. */
  #rowsDepth = 0;
  /** Where the present row begins, or -1. */
  #start = -1;
  #startLine = 1;
  #isInString = false;
  /** Lists of objects that begin within the present root object, as long as it is not known to be a row. */
  #lists: ListStart[] = [];
  #mayWrap = true;
  #previous = 0;
  #pieces: JsonPiece[] = [];

  take(chunk: Buffer): JsonPiece[] {
    this.#append(chunk);
    this.#scan();
    return this.#flush();
  }

  /** Throws `BrokenJson` where the stream ends too early. */
  end(): JsonPiece[] {
    if (this.#isInString || this.#open.length > 0)
      throw new BrokenJson(this.#line, 'cut, it ends before its brackets close,');
    if (this.#start !== -1) this.#finishRow(this.#length);
    return this.#flush();
  }

  /** The whole rows before the place where `take` or `end` threw. */
  before(): JsonPiece[] {
    return this.#flush();
  }

  #flush(): JsonPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** Moves what is not done with to the front of a buffer that grows by doubling. */
  #append(chunk: Buffer): void {
    const keepFrom = this.#start === -1 ? this.#position : this.#start;
    const kept = this.#length - keepFrom;
    const length = kept + chunk.length;
    const target = length > this.#data.length ? Buffer.alloc(Math.max(length, 2 * this.#data.length)) : this.#data;
    this.#data.copy(target, 0, keepFrom, this.#length);
    chunk.copy(target, kept);
    this.#data = target;
    this.#length = length;
    this.#position -= keepFrom;
    if (this.#start !== -1) this.#start = 0;
  }

  #scan(): void {
    while (this.#position < this.#length) {
      if (!this.#isInString) this.#step(this.#data[this.#position] ?? 0);
      else if (!this.#skipString()) break;
    }
    const held = this.#start === -1 ? 0 : this.#length - this.#start;
    if (held > decidedBytes && this.#mayWrap && this.#rowsDepth === 0 && this.#decide(this.#length, false))
      this.#scan();
    else if (held > longestRowBytes) throw new BrokenJson(this.#startLine, 'a row longer than 128 MB');
  }

  /** Returns whether the string ends in what there is. */
  #skipString(): boolean {
    const data = this.#data;
    const length = this.#length;
    for (let position = this.#position; position < length; position += 1) {
      const byte = data[position];
      if (byte === backslash) {
        if (position + 1 >= length) {
          this.#position = position;
          return false;
        }
        position += 1;
      } else if (byte === quote) {
        this.#isInString = false;
        this.#position = position + 1;
        return true;
      } else if (byte === lineFeed) throw new BrokenJson(this.#line);
    }
    this.#position = length;
    return false;
  }

  #step(byte: number): void {
    if (byte === lineFeed) this.#line += 1;
    if (isLegal[byte] === 0) throw new BrokenJson(this.#line);
    const isAtRow = this.#open.length === this.#rowsDepth;
    if (this.#start === -1 && isAtRow && isSpace[byte] === 0) this.#betweenRows(byte);
    else if (this.#start !== -1 && isAtRow && (isSpace[byte] === 1 || byte === comma || byte === closeBracket))
      this.#finishRow(this.#position);
    else this.#within(byte);
    if (isSpace[byte] === 0) this.#previous = byte;
  }

  #betweenRows(byte: number): void {
    if (byte === comma) this.#position += 1;
    else if (byte === closeBracket) {
      this.#close(byte);
      this.#rowsDepth = this.#open.length === 0 ? 0 : -1;
    } else if (byte === openBracket && this.#rowsDepth === 0) {
      this.#openBracket(byte);
      this.#rowsDepth = 1;
    } else {
      this.#start = this.#position;
      this.#startLine = this.#line;
      this.#within(byte);
    }
  }

  #within(byte: number): void {
    if (byte === quote) {
      this.#isInString = true;
      this.#position += 1;
    } else if (byte === openBrace || byte === openBracket) this.#openBracket(byte);
    else if (byte === closeBrace || byte === closeBracket) {
      this.#close(byte);
      if (this.#start !== -1 && this.#open.length === this.#rowsDepth) this.#finishRow(this.#position);
      else if (this.#open.length === 0) this.#rowsDepth = 0;
    } else this.#position += 1;
  }

  #openBracket(byte: number): void {
    const isList = byte === openBrace && this.#previous === openBracket && this.#open.length <= deepestList;
    if (isList && this.#rowsDepth === 0 && this.#mayWrap)
      this.#lists.push({ offset: this.#position - this.#start, line: this.#line, open: [...this.#open] });
    this.#open.push(byte);
    this.#position += 1;
  }

  #close(byte: number): void {
    if (this.#open.pop() !== byte - 2) throw new BrokenJson(this.#line);
    this.#position += 1;
  }

  #finishRow(end: number): void {
    if (this.#rowsDepth === 0 && this.#mayWrap && this.#decide(end, true)) return;
    this.#pieces.push({ bytes: Buffer.from(this.#data.subarray(this.#start, end)), line: this.#startLine });
    this.#start = -1;
  }

  /**
   * Whether the root object wraps rows; then goes back to where they begin, or past it if it wraps none. Once an object is a
   * row, all are.
   */
  #decide(end: number, isWhole: boolean): boolean {
    const list = wrappedRows(this.#data.subarray(this.#start, end), this.#lists, isWhole);
    this.#lists = [];
    this.#mayWrap = list !== undefined;
    if (list === undefined) return false;
    if (list === 'empty') this.#start = -1;
    else this.#goBack(list);
    return true;
  }

  #goBack(list: ListStart): void {
    this.#position = this.#start + list.offset;
    this.#line = list.line;
    this.#open = [...list.open];
    this.#rowsDepth = this.#open.length;
    this.#isInString = false;
    this.#start = -1;
  }
}
