import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { KnownError } from '../../src/util/errors.ts';
import { scanPaths, withContext, withDirectory } from '../support/world.ts';

const header = 'timestamp,account_id,ip\n';
const rows = Array.from(
  { length: 50 },
  (_, row) => `2026-02-03T10:00:${String(row).padStart(2, '0')}Z,account-${row},10.0.0.${row}\n`,
).join('');

/** The one line that a user would see. */
async function complaint(
  name: string,
  content: string | Uint8Array | undefined,
  options: object = {},
): Promise<string> {
  return withDirectory(async (directory) => {
    const path = join(directory, name);
    if (content !== undefined) writeFileSync(path, content);
    try {
      await scanPaths([path], options);
    } catch (error) {
      if (!(error instanceof KnownError)) throw error;
      expect(error.hint).not.toBe('');
      return error.message.replaceAll(directory, '');
    }
    return 'no complaint';
  });
}

describe('bad input', () => {
  it('missing file', async () => expect(await complaint('gone.csv', undefined)).toBe('/gone.csv: no such file'));
  it('glob without match', async () => expect(await complaint('*.csv', undefined)).toBe('/*.csv: matches no file'));
  it('empty file', async () => expect(await complaint('empty.csv', '')).toBe('/empty.csv: nothing in it'));
  it('no header', async () => expect(await complaint('blank.csv', '\n\n')).toBe('/blank.csv: no header line'));
  it('no account column', async () =>
    expect(await complaint('a.csv', 'timestamp,color\n2026-01-01,red\n')).toBe(
      '/a.csv: no column for the account among timestamp, color',
    ));
  it('no time column', async () =>
    expect(await complaint('a.csv', 'account_id,color\na,red\n')).toBe(
      '/a.csv: no column for the time among account_id, color',
    ));
  it('binary rubbish', async () => {
    const noise = Uint8Array.from({ length: 5000 }, (_, position) => (position * 7919) % 256);
    expect(await complaint('noise.csv', noise)).toBe('/noise.csv: in no format that is known');
  });
  it('unknown column in --map', async () =>
    expect(await complaint('a.csv', header + rows, { map: ['account_id=acount_id'] })).toContain(
      'has no column acount_id',
    ));
  it('truncated gzip', async () => {
    const whole = gzipSync(header + rows.repeat(200));
    expect(await complaint('cut.csv.gz', whole.subarray(0, whole.length >> 1))).toContain('damaged or cut');
  });
  it('directory without exports', async () => {
    await withDirectory(async (directory) => {
      mkdirSync(join(directory, 'sub'));
      writeFileSync(join(directory, 'sub', 'notes.md'), 'x');
      await expect(scanPaths([directory])).rejects.toThrow('no export in this directory');
    });
  });
  it('truncated Parquet', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'whole.parquet');
      await withContext({}, ({ engine }) =>
        engine.execute({
          kind: 'sql',
          text: `COPY (SELECT now() AS timestamp, 'a' || range AS account_id FROM range(1000)) TO '${path}'`,
        }),
      );
      const { readFileSync } = await import('node:fs');
      const bytes = readFileSync(path);
      writeFileSync(join(directory, 'cut.parquet'), bytes.subarray(0, bytes.length - 100));
      await expect(scanPaths([join(directory, 'cut.parquet')])).rejects.toThrow('cannot be read as Parquet');
    });
  });
  it.skipIf(process.getuid?.() === 0)('file without permission', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'secret.csv');
      writeFileSync(path, header + rows);
      chmodSync(path, 0o000);
      await expect(scanPaths([path])).rejects.toThrow('cannot be read');
    });
  });
});

describe('input without a usable row', () => {
  async function totals(content: string) {
    return withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(path, content);
      return (await scanPaths([path])).report.totals;
    });
  }
  it('header only', async () =>
    expect(await totals(header)).toMatchObject({ rowsRead: 0, queries: 0, rejectedRows: 0 }));
  it('no timestamp parses', async () =>
    expect(await totals(`${header}yesterday,a,1.2.3.4\nsoon,b,1.2.3.5\n`)).toMatchObject({
      rowsRead: 2,
      queries: 0,
      rejectedByReason: { 'timestamp does not parse': 2 },
    }));
});
