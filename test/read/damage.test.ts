import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { listRejects } from '../../src/normalise/normalise.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory } from '../support/world.ts';

const header = 'timestamp,account_id,ip\n';
const good = (count: number, end = '\n') =>
  Array.from({ length: count }, (_, row) => `2026-02-03 10:00:00,account-${row},192.0.2.1${end}`).join('');

async function loadFile(name: string, content: string | Uint8Array, options: object = {}) {
  return withDirectory((directory) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return withContext({ rejects: 'rejects.csv', ...options }, async (context) => {
      const raw = await read(context, [path]);
      const calls = await normaliseAll(context, raw);
      const { rowsRead, rowsUsed, rejected } = calls;
      const rejects: string[] = [];
      for await (const { line, reason } of listRejects(context, raw, calls)) rejects.push(`${line} ${reason}`);
      return { rowsRead, rowsUsed, rejected: Object.fromEntries(rejected), rejects };
    });
  });
}

describe('a quote that never closes costs one line, not the rest of the file', () => {
  const broken = `${header}${good(3)}2026-02-03 10:00:00,"abc,1\n${good(20_000)}never,a,b\n`;
  const expected = {
    rowsRead: 20_005,
    rowsUsed: 20_003,
    rejected: { 'broken quoting': 1, 'timestamp does not parse': 1 },
    rejects: ['5 broken quoting', '20006 timestamp does not parse'],
  };
  it('in plain CSV', async () => expect(await loadFile('log.csv', broken)).toEqual(expected));
  it('in gzip', async () => expect(await loadFile('log.csv.gz', gzipSync(broken))).toEqual(expected));
  it('with --tolerant', async () => expect(await loadFile('log.csv', broken, { tolerant: true })).toEqual(expected));
  it('in a file cut within it', async () =>
    expect(await loadFile('log.csv', `${header}${good(3)}2026-02-03 10:00:00,"ab`)).toMatchObject({
      rowsRead: 4,
      rowsUsed: 3,
    }));
  it('twice, megabytes apart', async () => {
    const content = `${header}2026-02-03 10:00:00,"abc,1\n${good(60_000)}2026-02-03 10:00:00,"abc,1\n${good(60_000)}`;
    expect(await loadFile('log.csv', content)).toMatchObject({ rowsRead: 120_002, rowsUsed: 120_000 });
  });
});

describe('line ends', () => {
  it.each([
    ['LF, then CR LF', `${header}${good(500)}${good(500, '\r\n')}`],
    ['CR LF, then LF', `${header.replace('\n', '\r\n')}${good(500, '\r\n')}${good(500)}`],
    ['CR alone', `${header}${good(1000)}`.replaceAll('\n', '\r')],
  ])('%s', async (_, content) =>
    expect(await loadFile('log.csv', content)).toMatchObject({ rowsRead: 1000, rowsUsed: 1000 }),
  );
});

it('rejects a line that is too long, and no other', async () => {
  const content = `${header}${good(3)}2026-02-03 10:00:00,a,${'x'.repeat(2_500_000)}\n${good(3)}`;
  const expected = { rowsRead: 7, rowsUsed: 6, rejects: ['5 line too long'] };
  expect(await loadFile('log.csv', content)).toMatchObject(expected);
  expect(await loadFile('log.csv', content, { tolerant: true })).toMatchObject(expected);
});

it('notices a zstd file that was cut', async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, 'log.csv.zst');
    await withContext({}, ({ engine }) =>
      engine.execute(sql`
        COPY (SELECT '2026-02-03' AS timestamp, 'a' || hash(range) AS account_id FROM range(200000))
        TO ${path} (FORMAT csv, HEADER, COMPRESSION zstd)`),
    );
    const whole = readFileSync(path);
    expect(await loadFile('log.csv.zst', whole)).toMatchObject({ rowsUsed: 200_000 });
    for (const length of [whole.length >> 1, whole.length - 1])
      await expect(loadFile('log.csv.zst', whole.subarray(0, length))).rejects.toThrow('damaged or cut');
  });
});
