import type { Table } from 'apache-arrow';

/** A column of 32-bit integers as one typed array; missing values are 0. Throws if the table has no such column. */
export function int32Column(table: Table, name: string): Int32Array {
  const values = column(table, name).toArray();
  return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>, Number);
}

/** A column of numbers as one typed array; zeros where the table has no such column or no value. */
export function float64Column(table: Table, name: string): Float64Array {
  if (table.getChild(name) === null) return new Float64Array(table.numRows);
  const values = column(table, name).toArray();
  return values instanceof Float64Array ? values : Float64Array.from(values as ArrayLike<number>, Number);
}

function column(table: Table, name: string) {
  const found = table.getChild(name);
  if (found === null) throw new RangeError(`the table has no column ${name}`);
  return found;
}
