import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { listRejects } from '../../src/normalise/normalise.ts';
import { read } from '../../src/read/read.ts';
import { fixtures, normaliseAll, withContext, withDirectory } from '../support/world.ts';

const fixture = readFileSync(join(fixtures, 'read/line-breaks.csv'), 'utf8');

/** The rejects of one file, after checking that they are as many as were counted. */
async function rejectsOf(path: string, options: object = {}): Promise<string[]> {
  return withContext({ rejects: 'rejects.csv', ...options }, async (context) => {
    const raw = await read(context, [path]);
    const calls = await normaliseAll(context, raw);
    const found: string[] = [];
    for await (const reject of listRejects(context, raw, calls)) {
      expect(reject.path).toBe(path);
      found.push(`${reject.line} ${reject.reason}`);
    }
    expect(found.length).toBe(calls.rowsRead - calls.rowsUsed);
    return found;
  });
}

const expected = ['4 timestamp does not parse', '7 too few columns', '9 timestamp is missing', '10 too many columns'];

describe('rejected rows stand on the line where they begin', () => {
  const cases: readonly [string, string, string | Uint8Array][] = [
    ['LF', 'log.csv', fixture],
    ['CR LF', 'log.csv', fixture.replaceAll('\n', '\r\n')],
    ['gzip', 'log.csv.gz', gzipSync(fixture)],
  ];
  it.each(cases)('%s', async (_, name, content) => {
    await withDirectory(async (directory) => {
      writeFileSync(join(directory, name), content);
      expect(await rejectsOf(join(directory, name))).toEqual(expected);
    });
  });

  it('row by row, where a short row is whole', async () => {
    expect(await rejectsOf(join(fixtures, 'read/line-breaks.csv'), { tolerant: true })).toEqual(
      expected.filter((line) => !line.includes('few')),
    );
  });

  it('zstd', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'log.csv.zst');
      const rows = `SELECT CASE WHEN range = 7 THEN 'never' ELSE '2026-02-03' END AS timestamp, 'a' || range AS account_id`;
      await withContext({}, ({ engine }) =>
        engine.execute({
          kind: 'sql',
          text: `COPY (${rows} FROM range(3000)) TO '${path}' (FORMAT csv, HEADER, COMPRESSION zstd)`,
        }),
      );
      expect((await rejectsOf(path)).length).toBe(1);
    });
  });

  it('Parquet, by row', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'log.parquet');
      await withContext({}, ({ engine }) =>
        engine.execute(sql`
          COPY (SELECT * FROM (VALUES (TIMESTAMP '2026-02-03', 'a'), (NULL, 'b'), (TIMESTAMP '1999-01-01', 'c'),
            (TIMESTAMP '2026-02-03', 'unknown')) t (timestamp, account_id)) TO ${path} (FORMAT parquet)`),
      );
      expect((await rejectsOf(path)).map((line) => line.replace(/^\d+ /, '')).sort()).toEqual([
        'account is missing',
        'timestamp is missing',
        'timestamp out of range',
      ]);
    });
  });
});
