import { makeData, makeVector, Utf8, type Vector } from 'apache-arrow';

/** A text column from strings. Arrow's own builder takes microseconds a string; one joined buffer takes a tenth of that. */
export function textVector(strings: readonly (string | null)[]): Vector<Utf8> {
  const length = strings.length;
  const joined = strings.join('');
  const data = Buffer.from(joined);
  const isAscii = data.length === joined.length;
  const valueOffsets = new Int32Array(length + 1);
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let row = 0; row < length; row += 1) {
    const string = strings[row] ?? null;
    let bytes = 0;
    if (string === null) nullCount += 1;
    else {
      nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
      bytes = isAscii ? string.length : Buffer.byteLength(string);
    }
    valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + bytes;
  }
  return makeVector(makeData({ type: new Utf8(), length, nullCount, nullBitmap, valueOffsets, data }));
}

/** The strings of a text column. Where all of it is ASCII, it is decoded at once and cut, which is several times faster. */
export function textsOf(vector: Vector): (string | null)[] {
  const all: (string | null)[] = [];
  for (const { length, values, valueOffsets, nullCount, offset, nullBitmap } of vector.data) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const first = valueOffsets[0] ?? 0;
    const last = valueOffsets[length] ?? 0;
    const decoded = bytes.toString('utf8', first, last);
    const isAscii = decoded.length === last - first;
    for (let row = 0; row < length; row += 1) {
      const position = offset + row;
      if (nullCount > 0 && ((nullBitmap[position >> 3] ?? 0) & (1 << (position & 7))) === 0) {
        all.push(null);
        continue;
      }
      const start = valueOffsets[row] ?? 0;
      const end = valueOffsets[row + 1] ?? 0;
      all.push(isAscii ? decoded.slice(start - first, end - first) : bytes.toString('utf8', start, end));
    }
  }
  return all;
}
