import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Table, tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { rowsWriter, writeRejects } from '../../src/cli/files.ts';
import { Outputs } from '../../src/cli/output.ts';
import { sql } from '../../src/engine/sql.ts';
import { withDirectory, withEngine } from '../support/world.ts';

const rows = 400_000;
const accounts: Table = tableFromArrays({
  account_id: Array.from({ length: rows }, (_, row) => `a${row}`),
  queries: Float64Array.from({ length: rows }, (_, row) => row),
  suspicion: Float64Array.from({ length: rows }, (_, row) => row / 7),
  days: Int32Array.from({ length: rows }, (_, row) => row % 28),
});

describe('accounts as Parquet', () => {
  it('keep the order of the rows, which appending does not, and their types', async () => {
    await withDirectory((directory) =>
      withEngine(async (engine) => {
        const path = join(directory, 'accounts.parquet');
        const outputs = new Outputs(false);
        await rowsWriter(path, 'accounts')(accounts, await outputs.add(path), engine);
        await outputs.commit();
        const moved = await engine.query(sql`
          SELECT count(*)::INTEGER AS rows, (count(*) FILTER (queries <> file_row_number))::INTEGER AS moved,
            any_value(typeof(days)) AS days, any_value(typeof(account_id)) AS id
          FROM read_parquet(${path}, file_row_number = true)`);
        expect(moved.get(0)?.toJSON()).toEqual({ rows, moved: 0, days: 'INTEGER', id: 'VARCHAR' });
      }),
    );
  });
});

describe('rejects', () => {
  it('are written in pieces that lose no row, with formulas disarmed', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'rejects.csv');
      const outputs = new Outputs(false);
      async function* many() {
        for (let line = 1; line <= 10_000; line += 1) yield { path: '=cmd.csv', line, reason: 'a, "b"' };
      }
      await writeRejects(many(), await outputs.add(path));
      await outputs.commit();
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      expect(lines).toHaveLength(10_001);
      expect(lines[0]).toBe('file,line,reason');
      expect(lines[10_000]).toBe(`'=cmd.csv,10000,"a, ""b"""`);
    });
  });
});
