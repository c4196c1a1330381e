import { type DuckDBConnection, DuckDBDataChunk, type DuckDBValue } from '@duckdb/node-api';
import { DataType, type Table, type Vector } from 'apache-arrow';
import { textsOf } from '../arrow-text.ts';

const rowsPerChunk = 2048;

/** Appends Arrow tables to a table whose columns have the same types, by position; missing columns are NULL. */
export async function appendTables(
  connection: DuckDBConnection,
  name: string,
  tables: AsyncIterable<Table>,
): Promise<void> {
  const appender = await connection.createAppender(name);
  const types = Array.from({ length: appender.columnCount }, (_, position) => appender.columnType(position));
  try {
    for await (const table of tables) {
      const columns = types.map((_, position) => {
        const vector = table.getChildAt(position);
        return vector === null ? new Array<null>(table.numRows).fill(null) : valuesOf(vector);
      });
      for (let start = 0; start < table.numRows; start += rowsPerChunk) {
        const end = Math.min(table.numRows, start + rowsPerChunk);
        const chunk = DuckDBDataChunk.create(types, end - start);
        columns.forEach((column, position) => {
          chunk.setColumnValues(position, column.slice(start, end));
        });
        appender.appendDataChunk(chunk);
      }
    }
  } finally {
    appender.closeSync();
  }
}

function valuesOf(vector: Vector): DuckDBValue[] {
  return DataType.isUtf8(vector.type) ? textsOf(vector) : [...vector];
}
