import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { overlaps } from '../../src/normalise/overlap.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory } from '../support/world.ts';

/** Reads files of lines, each with the header, and gives what is left of them. */
function load(header: string, files: readonly (readonly string[])[], options: object = {}, format = 'csv') {
  return withDirectory((directory) =>
    withContext(options, async (context) => {
      const paths: string[] = [];
      for (const [number, lines] of files.entries()) {
        const path = join(directory, `${number}.csv`);
        writeFileSync(path, `${[header, ...lines].join('\n')}\n`);
        const packed = join(directory, `${number}.parquet`);
        if (format === 'parquet')
          await context.engine.execute(
            sql`COPY (FROM read_csv(${path}, all_varchar = true)) TO ${packed} (FORMAT parquet)`,
          );
        paths.push(format === 'parquet' ? packed : path);
      }
      const calls = await normaliseAll(context, await read(context, paths));
      const rows = await context.engine.query(
        sql`SELECT strftime(timestamp, '%H:%M') AS at, account_id FROM calls ORDER BY ALL`,
      );
      return {
        rowsRead: calls.rowsRead,
        rowsUsed: calls.rowsUsed,
        duplicates: Object.fromEntries(calls.duplicates),
        rows: [...rows].map(({ at, account_id }) => `${at} ${account_id}`),
      };
    }),
  );
}

const row = (minute: number, account: string, ...more: readonly (string | number)[]) =>
  [`2026-02-03T10:${String(minute).padStart(2, '0')}:00Z`, account, ...more].join(',');

describe.each(['csv', 'parquet'])('calls that come twice, in %s', (format) => {
  const withId = 'timestamp,account_id,request_id,output_tokens,status';
  const plain = 'timestamp,account_id,cost';

  it('count once by their request id, within a file and between files', async () => {
    const files = [
      [row(1, 'a', 'r-1', 5, 200), row(1, 'a', 'r-1', 5, 200), row(2, 'b', 'r-2', 6, 200)],
      [row(2, 'b', 'r-2', 6, 499), row(3, 'c', 'r-3', 7, 200)],
    ];
    const result = await load(withId, files, {}, format);
    expect(result).toEqual({
      rowsRead: 5,
      rowsUsed: 3,
      duplicates: { request_id: 2 },
      rows: ['10:01 a', '10:02 b', '10:03 c'],
    });
    const reversed = files.toReversed().map((lines) => lines.toReversed());
    expect(await load(withId, reversed, {}, format)).toEqual(result);
    expect(await load(withId, [files.flat()], {}, format)).toEqual(result);
    expect(
      await load(
        withId,
        files.flat().map((line) => [line]),
        {},
        format,
      ),
    ).toEqual(result);
  });

  it('are not told by an id that a client gives to all of its calls, nor by a word for nothing', async () => {
    const lines = [
      row(1, 'a', 'x', 5, 200),
      row(2, 'a', 'x', 5, 200),
      row(2, 'a', 'x', 6, 200),
      row(1, 'b', 'x', 5, 200),
    ];
    const nothing = [row(1, 'c', 'none', 5, 200), row(1, 'c', 'none', 5, 200)];
    expect(await load(withId, [[...lines, ...nothing]], {}, format)).toMatchObject({ rowsUsed: 6, duplicates: {} });
  });

  it('count once by the whole row where files overlap', async () => {
    const files = [
      [row(1, 'a', 1), row(5, 'b', 2), row(5, 'b', 2), row(5, 'c', 3)],
      [row(4, 'd', 9), row(5, 'b', 2), row(5, 'b', 2), row(5, 'c', 4), row(9, 'e', 1)],
    ];
    const result = await load(plain, files, {}, format);
    expect(result).toMatchObject({ rowsRead: 9, rowsUsed: 7, duplicates: { 'whole row': 2 } });
    expect(result.rows.filter((line) => line === '10:05 b')).toHaveLength(2);
    expect(await load(plain, files.toReversed(), {}, format)).toEqual(result);
  });

  it('are several where one file alone has them, and where a log was cut in two', async () => {
    const lines = [row(1, 'a', 1), row(1, 'a', 1), row(2, 'b', 1), row(2, 'b', 1), row(3, 'c', 1)];
    expect(await load(plain, [lines], {}, format)).toMatchObject({ rowsUsed: 5, duplicates: {} });
    for (const cut of [1, 2, 3, 4])
      expect(await load(plain, [lines.slice(0, cut), lines.slice(cut)], {}, format)).toMatchObject({ rowsUsed: 5 });
  });

  it('all count with --keep-duplicates', async () => {
    const lines = [row(1, 'a', 'r-1', 5, 200), row(2, 'b', 'r-2', 5, 200)];
    const result = await load(withId, [lines, lines], { keepDuplicates: true }, format);
    expect(result).toMatchObject({ rowsRead: 4, rowsUsed: 4, duplicates: {} });
  });
});

describe('overlaps', () => {
  it.each([
    [
      'none',
      [
        { from: 1, to: 3 },
        { from: 4, to: 5 },
      ],
      [],
    ],
    [
      'none where they only touch',
      [
        { from: 1, to: 3 },
        { from: 3, to: 5 },
      ],
      [],
    ],
    [
      'what two cover',
      [
        { from: 1, to: 4 },
        { from: 3, to: 5 },
      ],
      [{ from: 3, to: 4 }],
    ],
    [
      'one in another',
      [
        { from: 1, to: 9 },
        { from: 3, to: 5 },
      ],
      [{ from: 3, to: 5 }],
    ],
    [
      'three that go on',
      [
        { from: 1, to: 4 },
        { from: 2, to: 6 },
        { from: 4, to: 8 },
      ],
      [{ from: 2, to: 6 }],
    ],
    [
      'an instant in another',
      [
        { from: 1, to: 9 },
        { from: 3, to: 3 },
      ],
      [{ from: 3, to: 3 }],
    ],
    [
      'an instant at an end',
      [
        { from: 1, to: 3 },
        { from: 3, to: 3 },
      ],
      [],
    ],
    [
      'the same instant',
      [
        { from: 3, to: 3 },
        { from: 3, to: 3 },
      ],
      [{ from: 3, to: 3 }],
    ],
  ])('%s', (_name, files, expected) => expect(overlaps(files)).toEqual(expected));
});
