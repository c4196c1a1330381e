import { execFileSync } from 'node:child_process';
import { copyFileSync, createWriteStream, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import type { Calls } from '../../src/model/calls.ts';
import { read } from '../../src/read/read.ts';
import { fixtures, normaliseAll, withContext, withDirectory } from '../support/world.ts';

const union = join(fixtures, 'read/union');
const csv = 'timestamp,account_id\n2026-02-03,alpha\n2026-02-04,beta\n';

interface Loaded {
  readonly calls: Calls;
  readonly rows: readonly string[];
  readonly notes: readonly string[];
}

/** The rows of `calls` as JSON, sorted, and what was said about them. */
function load(paths: readonly string[], options: object = {}): Promise<Loaded> {
  return withContext(options, async (context, events) => {
    const calls = await normaliseAll(context, await read(context, paths));
    const table = await context.engine.query(sql`SELECT * FROM ${identifier(calls.relation)} ORDER BY ALL`);
    const notes = events.flatMap((event) => (event.kind === 'note' || event.kind === 'warning' ? [event.text] : []));
    return { calls, rows: [...table].map((row) => JSON.stringify(row)), notes };
  });
}

/** A copy of a CSV file in another format, made by the engine. */
function convert(source: string, target: string, options: string): Promise<void> {
  return withContext({}, ({ engine }) =>
    engine.execute({
      kind: 'sql',
      text: `COPY (FROM read_csv('${source}', all_varchar = true)) TO '${target}' (${options})`,
    }),
  );
}

describe('finding inputs', () => {
  const both = (paths: readonly string[]) => load(paths).then(({ calls }) => calls.rowsUsed);
  it('a directory', async () => expect(await both([union])).toBe(4));
  it('a pattern', async () => expect(await both([join(union, '*day.csv')])).toBe(4));
  it('several files, one of them twice', async () =>
    expect(await both([join(union, 'monday.csv'), join(union, 'tuesday.csv'), join(union, 'monday.csv')])).toBe(4));
  it('a relative path', async () => expect(await both([relative(process.cwd(), union)])).toBe(4));
  it('a link to a file and to a directory', async () => {
    await withDirectory(async (directory) => {
      symlinkSync(join(union, 'monday.csv'), join(directory, 'link.csv'));
      symlinkSync(union, join(directory, 'linked'));
      expect(await both([join(directory, 'link.csv')])).toBe(2);
      expect(await both([join(directory, 'linked')])).toBe(4);
    });
  });
  it('a directory below another, past what is no export', async () => {
    await withDirectory(async (directory) => {
      mkdirSync(join(directory, 'a/b'), { recursive: true });
      writeFileSync(join(directory, 'a/b/x.csv'), csv);
      writeFileSync(join(directory, 'readme.txt'), 'none of it');
      expect(await both([directory])).toBe(2);
    });
  });
  it('a pipe', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'pipe');
      execFileSync('mkfifo', [path]);
      createWriteStream(path).end(gzipSync(csv));
      expect(await both([path])).toBe(2);
    });
  });
  it('the format by content, whatever the name says', async () => {
    await withDirectory(async (directory) => {
      writeFileSync(join(directory, 'log.parquet'), gzipSync(csv));
      expect(await both([join(directory, 'log.parquet')])).toBe(2);
    });
  });
  it('only the inputs can be read afterwards', async () => {
    await withContext({}, async (context) => {
      await normaliseAll(context, await read(context, [join(union, 'monday.csv')]));
      const other = join(union, 'tuesday.csv');
      await expect(context.engine.query(sql`SELECT * FROM read_csv(${other})`)).rejects.toThrow();
    });
  });
  it('notes empty files among others', async () => {
    await withDirectory(async (directory) => {
      writeFileSync(join(directory, 'a.csv'), '');
      writeFileSync(join(directory, 'b.csv.gz'), gzipSync(''));
      writeFileSync(join(directory, 'c.csv'), csv);
      const { calls, notes } = await load([directory]);
      expect(calls.rowsUsed).toBe(2);
      expect(notes.map((note) => note.replace(`${directory}/`, ''))).toEqual(['a.csv is empty', 'b.csv.gz is empty']);
      await expect(load([join(directory, 'b.csv.gz')])).rejects.toThrow('nothing in it');
    });
  });
});

describe('one scan over several files', () => {
  it('brings columns together by name', async () => {
    const { rows, calls } = await load([union]);
    expect([...calls.columns].sort()).toEqual(['account_id', 'input_tokens', 'ip', 'model', 'timestamp']);
    expect(rows.map((row) => JSON.parse(row)).map((row) => [row.account_id, row.ip, row.input_tokens])).toEqual([
      ['beta', '192.0.2.2', null],
      ['alpha', '192.0.2.1', null],
      ['alpha', null, 1200],
      ['gamma', null, 3],
    ]);
  });
  it('reads the same from CSV, gzip, zstd and Parquet, each alone and row by row', async () => {
    await withDirectory(async (directory) => {
      const plain = join(union, 'monday.csv');
      writeFileSync(join(directory, 'log.csv.gz'), gzipSync(readFileSync(plain)));
      await convert(plain, join(directory, 'log.csv.zst'), 'FORMAT csv, HEADER, COMPRESSION zstd');
      await convert(plain, join(directory, 'log.parquet'), 'FORMAT parquet');
      const { rows } = await load([plain]);
      for (const name of ['log.csv.gz', 'log.csv.zst', 'log.parquet'])
        expect((await load([join(directory, name)])).rows).toEqual(rows);
      for (const name of ['log.csv.gz', 'log.csv.zst'])
        expect((await load([join(directory, name)], { tolerant: true })).rows).toEqual(rows);
      copyFileSync(plain, join(directory, 'log.csv'));
      const kept = await load([directory], { keepDuplicates: true });
      expect(kept.rows).toEqual(rows.flatMap((row) => [row, row, row, row]));
    });
  });
  it('takes typed Parquet beside CSV', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'typed.parquet');
      await withContext({}, ({ engine }) =>
        engine.execute(sql`
          COPY (SELECT TIMESTAMPTZ '2026-02-02 00:00:00+00' AS timestamp, 'beta' AS account_id, 7 AS input_tokens)
          TO ${path} (FORMAT parquet)`),
      );
      const { rows } = await load([join(union, 'monday.csv'), path]);
      expect(rows.map((row) => JSON.parse(row).timestamp).slice(0, 2)).toEqual([
        '2026-02-02 00:00:00',
        '2026-02-02 00:00:00',
      ]);
    });
  });
});

it('reads seconds written as decimal numbers', async () => {
  const { rows } = await load([join(fixtures, 'read/epoch-floats.csv')], { map: ['template_hash=phash_id'] });
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    { timestamp: '2021-08-21 23:50:37', template_hash: '98' },
    { timestamp: '2021-08-21 23:50:38', template_hash: '98' },
    { timestamp: '2021-08-21 23:50:36', template_hash: null },
  ]);
});
