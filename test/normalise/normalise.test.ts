import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory, writeCsv } from '../support/world.ts';

const withCalls = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
  query: string,
  options: object = {},
) =>
  withDirectory((directory) =>
    withContext(options, async (context) => {
      const calls = await normaliseAll(context, await read(context, [writeCsv(directory, 'log.csv', header, rows)]));
      const table = await context.engine.query({ kind: 'sql', text: query });
      return { calls, rows: [...table].map((row) => JSON.parse(JSON.stringify(row))) };
    }),
  );

const base = ['2026-02-03', 'alpha'];

describe('normalise', () => {
  it('gives canonical types, whatever the text', async () => {
    const { rows } = await withCalls(
      ['timestamp', 'account_id', 'status', 'input_tokens', 'model', 'account_created_at'],
      [[...base, '200', '3.0', 'large', '1715929481']],
      'SELECT column_name AS name, column_type AS type FROM (DESCRIBE calls) ORDER BY ALL',
    );
    expect(rows).toEqual([
      { name: 'account_created_at', type: 'TIMESTAMP' },
      { name: 'account_id', type: 'VARCHAR' },
      { name: 'input_tokens', type: 'BIGINT' },
      { name: 'model', type: 'VARCHAR' },
      { name: 'status', type: 'BIGINT' },
      { name: 'timestamp', type: 'TIMESTAMP' },
    ]);
  });
  it('keeps a row whose number does not parse', async () => {
    const { rows, calls } = await withCalls(
      ['timestamp', 'account_id', 'input_tokens'],
      [...['3.0', '"1,234"', 'many', '1e3', '1e300', ''].map((tokens) => [...base, tokens])],
      'SELECT input_tokens AS n FROM calls ORDER BY n NULLS LAST',
    );
    expect(rows.map((row) => row.n)).toEqual([3, 1000, 1234, null, null, null]);
    expect(calls.rejected.size).toBe(0);
  });
  it('hashes prompts and drops their text', async () => {
    const { rows, calls } = await withCalls(
      ['timestamp', 'account_id', 'prompt', 'system_prompt', 'completion'],
      [
        [...base, 'sum 1', 'be kind', 'two'],
        [...base, 'sum 1', '-', 'two'],
        [...base, 'sum 2', '', 'two'],
      ],
      'SELECT count(DISTINCT prompt_hash)::DOUBLE AS prompts, count(system_prompt_hash)::DOUBLE AS systems FROM calls',
    );
    expect(rows).toEqual([{ prompts: 2, systems: 1 }]);
    expect([...calls.columns].sort()).toEqual([
      'account_id',
      'prompt_hash',
      'system_prompt_hash',
      'template_hash',
      'timestamp',
    ]);
  });
  it('keeps the prompt hash of the log', async () => {
    const { rows } = await withCalls(
      ['timestamp', 'account_id', 'prompt', 'prompt_hash'],
      [[...base, 'sum 1', 'abc']],
      'SELECT prompt_hash FROM calls',
    );
    expect(rows).toEqual([{ prompt_hash: 'abc' }]);
  });
  it('hands over a way to tell words for nothing', async () => {
    await withDirectory((directory) =>
      withContext({}, async (context) => {
        const path = writeCsv(
          directory,
          'log.csv',
          ['timestamp', 'account_id', 'ip'],
          ['192.0.2.1', ' N/A ', '0.0.0.0', 'NULL', '', 'nonesuch'].map((ip) => [...base, ip]),
        );
        const calls = await normaliseAll(context, await read(context, [path]));
        const rows = await context.engine.query(sql`
          SELECT ${calls.present(sql`ip`)} AS ip FROM calls WHERE ip IS NOT NULL ORDER BY ip NULLS LAST`);
        expect([...rows].flatMap(({ ip }) => (ip === null ? [] : [ip]))).toEqual(['192.0.2.1', 'nonesuch']);
      }),
    );
  });
  it('says plainly that no row is usable', async () => {
    const { calls } = await withCalls(
      ['timestamp', 'account_id'],
      [
        ['soon', 'a'],
        ['2026-02-03', ''],
      ],
      'SELECT 1',
    );
    expect(calls).toMatchObject({ rowsRead: 2, rowsUsed: 0 });
    expect([...calls.rejected]).toEqual([
      ['account is missing', 1],
      ['timestamp does not parse', 1],
    ]);
  });
});
