import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listRejects } from '../../src/normalise/normalise.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory } from '../support/world.ts';

const header = 'timestamp,account_id,text';
const good = (count: number) => Array.from({ length: count }, (_, row) => `2026-02-03 10:00:00,account-${row},word`);

async function load(lines: readonly string[], name = 'log.csv', options: object = {}) {
  return withDirectory((directory) => {
    const path = join(directory, name);
    const text = `${[header, ...lines].join('\n')}\n`;
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
    return withContext({ rejects: 'rejects.csv', ...options }, async (context) => {
      const raw = await read(context, [path]);
      const calls = await normaliseAll(context, raw);
      const rejects: string[] = [];
      for await (const { line, reason } of listRejects(context, raw, calls)) rejects.push(`${line} ${reason}`);
      return { rowsRead: calls.rowsRead, rowsUsed: calls.rowsUsed, rejects };
    });
  });
}

describe('two stray quotes hide no rows', () => {
  const lines = [...good(20), '2026-02-03 10:00:00,"a,b', ...good(500), '2026-02-03 10:00:00,a,b"', ...good(20)];
  const expected = { rowsRead: 542, rowsUsed: 541, rejects: ['22 broken quoting'] };
  it('in plain CSV', async () => expect(await load(lines)).toEqual(expected));
  it('in gzip', async () => expect(await load(lines, 'log.csv.gz')).toEqual(expected));
  it('with --tolerant', async () => expect(await load(lines, 'log.csv', { tolerant: true })).toEqual(expected));
  it('on neighbouring lines', async () =>
    expect(await load([...good(3), '2026-02-03 10:00:00,"a,b', '2026-02-03 10:00:00,a,b"', ...good(3)])).toEqual({
      rowsRead: 8,
      rowsUsed: 7,
      rejects: ['5 broken quoting'],
    }));
  it('the second of which opens a value', async () =>
    expect(await load([...good(3), '2026-02-03 10:00:00,"a,b', ...good(9), '2026-02-03 10:00:00,a,"b,c"'])).toEqual({
      rowsRead: 14,
      rowsUsed: 13,
      rejects: ['5 broken quoting'],
    }));
});

it('leaves texts of several lines alone', async () => {
  const text = ['"a, list', 'of, three', '2026-02-03, no time', 'end, of, it"'].join('\n');
  const lines = [...good(20), `2026-02-03 10:00:00,a,${text}`, ...good(20)];
  expect(await load(lines)).toEqual({ rowsRead: 41, rowsUsed: 41, rejects: [] });
});
