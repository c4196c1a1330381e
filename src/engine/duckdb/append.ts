import { type DuckDBConnection, DuckDBDataChunk, type DuckDBValue } from '@duckdb/node-api';
import type { Table } from 'apache-arrow';

const rowsPerChunk = 2048;

/** Appends Arrow tables to a table whose columns all hold text, by position. */
export async function appendTables(
  connection: DuckDBConnection,
  name: string,
  tables: AsyncIterable<Table>,
): Promise<void> {
  const appender = await connection.createAppender(name);
  const types = Array.from({ length: appender.columnCount }, (_, position) => appender.columnType(position));
  for await (const table of tables) {
    for (let start = 0; start < table.numRows; start += rowsPerChunk) {
      const slice = table.slice(start, start + rowsPerChunk);
      const chunk = DuckDBDataChunk.create(types, slice.numRows);
      types.forEach((_, position) => {
        const column = slice.getChildAt(position);
        chunk.setColumnValues(
          position,
          column === null ? new Array(slice.numRows).fill(null) : ([...column] as DuckDBValue[]),
        );
      });
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}
