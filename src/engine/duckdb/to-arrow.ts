import type { DuckDBDataChunk, DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { DuckDBTypeId } from '@duckdb/node-api';
import { Bool, Float64, Int32, makeData, makeVector, Table, type Vector, vectorFromArray } from 'apache-arrow';
import { textVector } from '../arrow-text.ts';

/**
 * Copies a result into an Arrow table, column by column.
 * Integers of at most 32 bits become Int32; wider ones and all other numbers Float64 (exact up to 2^53); booleans Bool;
 * everything else Utf8. Lists are not supported: unnest them in SQL.
 */
export async function toArrow(result: DuckDBResult): Promise<Table> {
  const chunks = await result.fetchAllChunks();
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns: Record<string, Vector> = {};
  for (const [position, name] of result.deduplicatedColumnNames().entries()) {
    columns[name] = column(chunks, position, result.columnTypeId(position), rows);
    // A column of a million texts takes a good part of a second, in which no signal would be heard.
    if (rows > rowsWithoutPause) await new Promise((resolve) => setImmediate(resolve));
  }
  return new Table(columns);
}

const rowsWithoutPause = 50_000;

interface Nulls {
  readonly nullCount?: number;
  readonly nullBitmap?: Uint8Array;
}

function column(chunks: readonly DuckDBDataChunk[], position: number, type: DuckDBTypeId, rows: number): Vector {
  if (type === DuckDBTypeId.VARCHAR) return textVector(values(chunks, position, String));
  if (type === DuckDBTypeId.BOOLEAN) return vectorFromArray(values(chunks, position, Boolean), new Bool());
  if (smallIntegers.has(type)) {
    const data = new Int32Array(rows);
    return makeVector(makeData({ type: new Int32(), length: rows, ...fill(chunks, position, data), data }));
  }
  if (numeric.has(type)) {
    const data = new Float64Array(rows);
    return makeVector(makeData({ type: new Float64(), length: rows, ...fill(chunks, position, data), data }));
  }
  return textVector(values(chunks, position, String));
}

function values<Value>(
  chunks: readonly DuckDBDataChunk[],
  position: number,
  convert: (value: unknown) => Value,
): (Value | null)[] {
  const all: (Value | null)[] = [];
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(position);
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const value = vector.getItem(row);
      all.push(value === null ? null : convert(value));
    }
  }
  return all;
}

function fill(chunks: readonly DuckDBDataChunk[], position: number, target: Int32Array | Float64Array): Nulls {
  const nullBitmap = new Uint8Array(Math.ceil(target.length / 8));
  let nullCount = 0;
  let offset = 0;
  for (const chunk of chunks) {
    const vector: DuckDBVector = chunk.getColumnVector(position);
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const value = vector.getItem(row);
      if (value === null) nullCount += 1;
      else {
        target[offset] = Number(value);
        nullBitmap[offset >> 3] = (nullBitmap[offset >> 3] ?? 0) | (1 << (offset & 7));
      }
      offset += 1;
    }
  }
  return nullCount === 0 ? {} : { nullCount, nullBitmap };
}

const smallIntegers = new Set<DuckDBTypeId>([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
]);

const numeric = new Set<DuckDBTypeId>([
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
]);
