import { Float64, Table, tableFromArrays, tableFromIPC, vectorFromArray } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { roundRows, rowsArrow, rowsCsv } from '../../src/report/rows.ts';

const ids = ['=HYPERLINK("http://x")', '+1', '-1', '@sum', '\ttab', 'a,"b"\nc', 'plain', ''];
const table = tableFromArrays({
  account_id: ids,
  role: ids.map(() => 'none'),
  suspicion: Float64Array.from(ids, (_, row) => row / 3),
  queries: Int32Array.from(ids, (_, row) => 0 - row),
});

describe('accounts', () => {
  it('are CSV that a parser reads back, with formulas disarmed', () => {
    const rows: string[][] = parse([...rowsCsv(table)].join(''));
    expect(rows[0]).toEqual(['account_id', 'role', 'suspicion', 'queries']);
    expect(rows.slice(1).map((row) => row[0])).toEqual([
      `'=HYPERLINK("http://x")`,
      `'+1`,
      `'-1`,
      `'@sum`,
      `'\ttab`,
      'a,"b"\nc',
      'plain',
      '',
    ]);
    expect(rows.slice(1).map((row) => Number(row[3]))).toEqual(ids.map((_, row) => 0 - row));
    expect(rows[2]?.[2]).toBe(String(1 / 3));
  });

  it('come in pieces that lose no row', () => {
    const many = tableFromArrays({ account_id: Array.from({ length: 10_001 }, (_, row) => `a${row}`) });
    const pieces = [...rowsCsv(many)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join('').trimEnd().split('\n').length).toBe(10_002);
  });

  it('are just a header without accounts', () =>
    expect([...rowsCsv(tableFromArrays({ account_id: [] as string[] }))].join('').trim()).toBe('account_id'));

  it('are an Arrow file with the same columns', () => {
    const read = tableFromIPC(rowsArrow(table));
    expect(read.schema.names).toEqual(table.schema.names);
    expect([...(read.getChild('account_id') ?? [])]).toEqual(ids);
  });

  it('are rounded where they hold fractions, and only there', () => {
    const values = [1 / 3, 2 / 3 + 1e-15, null, 1_743_403_426_000, -0.000123456789];
    const table = new Table({
      account_id: vectorFromArray(values.map((_, row) => `a${row}`)),
      mean: vectorFromArray(values, new Float64()),
    });
    expect([...(roundRows(table).getChild('mean') ?? [])]).toEqual([
      0.333333,
      0.666667,
      null,
      1_743_403_426_000,
      -0.000123457,
    ]);
    expect(roundRows(table).getChild('account_id')?.toJSON()).toEqual(table.getChild('account_id')?.toJSON());
  });
});
