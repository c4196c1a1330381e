import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { timeKinds } from '../../src/model/time.ts';
import { timeKind } from '../../src/normalise/instant.ts';
import { listRejects } from '../../src/normalise/normalise.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory, withEngine, writeCsv } from '../support/world.ts';

describe('timeKind', () => {
  it.each([
    ['2024-05-17T07:04:41Z', 'times with an offset'],
    ['2024-05-17 07:04:41+09', 'times with an offset'],
    ['2024-05-17 07:04:41 UTC', 'times with an offset'],
    ['2024-05-17 07:04:41.5', 'times without an offset'],
    ['2024-05-17', 'dates'],
    ['1715929481.5', 'epoch seconds'],
    ['1715929481000', 'epoch milliseconds'],
    ['1715929481000000', 'epoch microseconds'],
    ['1715929481000000000', 'epoch nanoseconds'],
    ['638515262810000000', '.NET ticks'],
  ])('takes %s for one of %s', (text, kind) =>
    withEngine(async (engine) => {
      const rows = await engine.query(sql`SELECT ${timeKind(sql`v`, 'VARCHAR')} AS kind FROM (SELECT ${text} AS v)`);
      expect(timeKinds[rows.getChild('kind')?.get(0)]).toBe(kind);
    }),
  );
});

/** Reads each list of timestamps as a file of its own. */
function readTimes(files: readonly (readonly string[])[], options: object = {}) {
  return withDirectory((directory) =>
    withContext(options, async (context, events) => {
      const paths = files.map((times, number) =>
        writeCsv(
          directory,
          `${number}.csv`,
          ['timestamp', 'account_id'],
          times.map((time, row) => [time, `a${row}`]),
        ),
      );
      const raw = await read(context, paths);
      const calls = await normaliseAll(context, raw);
      const rejects: string[] = [];
      for await (const { path, line, reason } of listRejects(context, raw, calls))
        rejects.push(`${path.replace(join(directory, '/'), '')}:${line} ${reason}`);
      const warnings = events.flatMap((event) => (event.kind === 'warning' ? [event.text] : []));
      return { calls, rejects, warnings: warnings.map((text) => text.replace(join(directory, '/'), '')) };
    }),
  );
}

describe('the timestamps of one file', () => {
  const seconds = ['1715929481', '1715929482', '1715929483'];
  const milliseconds = ['1715929481000', '1715929482000'];

  it('are of the kind that most rows have; the rest is rejected, counted and said in one line', async () => {
    const { calls, rejects, warnings } = await readTimes([[...seconds, ...milliseconds]]);
    expect(calls).toMatchObject({ rowsRead: 5, rowsUsed: 3 });
    expect([...calls.rejected]).toEqual([['timestamp unlike the rest of its file', 2]]);
    expect(rejects).toEqual([
      '0.csv:5 timestamp unlike the rest of its file',
      '0.csv:6 timestamp unlike the rest of its file',
    ]);
    expect(warnings).toEqual([
      '0.csv: its timestamps disagree (epoch seconds: 3, epoch milliseconds: 2): only the epoch seconds are used',
    ]);
  });

  it('are not used where no kind has more than half of them', async () => {
    const { calls, warnings } = await readTimes([['2026-02-03T10:00:00Z', '2026-02-03T11:00:00']]);
    expect(calls).toMatchObject({ rowsRead: 2, rowsUsed: 0 });
    expect(warnings).toEqual([
      '0.csv: its timestamps disagree (times with an offset: 1, times without an offset: 1): none is more than half, so none is used',
    ]);
  });

  it('may be of another kind than those of other files', async () => {
    const { calls, warnings } = await readTimes([seconds, milliseconds, ['2026-02-03']]);
    expect(calls).toMatchObject({ rowsRead: 6, rowsUsed: 6 });
    expect([...calls.timeKinds.values()]).toEqual(['epoch seconds', 'epoch milliseconds', 'dates']);
    expect(warnings).toEqual([]);
  });

  it('are judged file by file', async () => {
    const { calls, rejects } = await readTimes([
      [...seconds, 'never', '1715929481000'],
      [...milliseconds, '1715929481'],
    ]);
    expect(calls).toMatchObject({ rowsRead: 8, rowsUsed: 5 });
    expect(rejects).toEqual([
      '0.csv:5 timestamp does not parse',
      '0.csv:6 timestamp unlike the rest of its file',
      '1.csv:4 timestamp unlike the rest of its file',
    ]);
  });

  it('are judged so row by row, too', async () => {
    const { calls, rejects } = await readTimes([milliseconds, [...milliseconds, '1715929481']], {
      tolerant: true,
      keepDuplicates: true,
    });
    expect(calls).toMatchObject({ rowsRead: 5, rowsUsed: 4 });
    expect(rejects).toEqual(['1.csv:4 timestamp unlike the rest of its file']);
  });

  it('are judged so where the files have a column file_index', () =>
    withDirectory((directory) =>
      withContext({}, async (context) => {
        const header = ['timestamp', 'account_id', 'File_Index'];
        const paths = [seconds, milliseconds].map((times, number) =>
          writeCsv(
            directory,
            `${number}.csv`,
            header,
            times.map((time) => [time, 'a', '7']),
          ),
        );
        const calls = await normaliseAll(context, await read(context, paths));
        expect([...calls.timeKinds.values()]).toEqual(['epoch seconds', 'epoch milliseconds']);
      }),
    ));

  it('are judged so in Parquet, too', () =>
    withDirectory((directory) =>
      withContext({}, async (context) => {
        const path = join(directory, 'log.parquet');
        await context.engine.execute(sql`
          COPY (SELECT * FROM (VALUES (1715929481, 'a'), (1715929482, 'b'), (1715929481000, 'c')) t (timestamp, account_id))
          TO ${path} (FORMAT parquet)`);
        const calls = await normaliseAll(context, await read(context, [path]));
        const rows = await context.engine.query(sql`SELECT account_id FROM calls ORDER BY ALL`);
        expect([...rows].map((row) => row.account_id)).toEqual(['a', 'b']);
        expect(calls).toMatchObject({ rowsRead: 3, rowsUsed: 2 });
      }),
    ));
});
