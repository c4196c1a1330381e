import { DataType, Float64, Table, tableToIPC, type Vector, vectorFromArray } from 'apache-arrow';
import { csvCell } from '../util/escape.ts';
import { rounded } from './round.ts';

const rowsPerChunk = 4096;

/** A table of accounts or of evidence with its fractions rounded, so that the same input gives the same bytes. */
export function roundRows(table: Table): Table {
  const columns: Record<string, Vector> = {};
  for (const { name, type } of table.schema.fields) {
    const column = table.getChild(name);
    if (column === null) continue;
    columns[name] = DataType.isFloat(type) ? roundColumn(column) : column;
  }
  return new Table(columns);
}

function roundColumn(column: Vector): Vector {
  const values = Array.from(column, (value: unknown) => (typeof value === 'number' ? rounded(value) : null));
  return vectorFromArray(values, new Float64());
}

/** The same as CSV, in pieces. */
export function* rowsCsv(table: Table): Iterable<string> {
  const names = table.schema.fields.map((field) => field.name);
  yield `${names.map(csvCell).join(',')}\n`;
  const columns = names.map((name) => table.getChild(name));
  for (let start = 0; start < table.numRows; start += rowsPerChunk) {
    const lines: string[] = [];
    for (let row = start; row < Math.min(table.numRows, start + rowsPerChunk); row += 1) {
      lines.push(columns.map((column) => csvCell(column?.get(row) ?? null)).join(','));
    }
    yield `${lines.join('\n')}\n`;
  }
}

/** The same as an Arrow IPC file. */
export function rowsArrow(table: Table): Uint8Array {
  return tableToIPC(table, 'file');
}
