import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanPaths, withDirectory } from '../support/world.ts';

const header = 'timestamp,account_id,ip';
const good = (count: number) =>
  Array.from({ length: count }, (_, row) => `2026-02-03 10:00:00,account-${row},10.0.0.1`);

async function scanLines(lines: readonly (string | Buffer)[], options: object = {}, end = '\n') {
  return withDirectory(async (directory) => {
    const path = join(directory, 'log.csv');
    writeFileSync(path, Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from(end)]))));
    const result = await scanPaths([path], options);
    return result.report.totals;
  });
}

describe('rows read = rows used + rows rejected', () => {
  const cases: readonly {
    name: string;
    lines: readonly (string | Buffer)[];
    read: number;
    used: number;
    reasons: Record<string, number>;
  }[] = [
    { name: 'clean', lines: [header, ...good(20)], read: 20, used: 20, reasons: {} },
    {
      name: 'a short row',
      lines: [header, ...good(9), '2026-02-03 10:00:00,a', ...good(9)],
      read: 19,
      used: 18,
      reasons: { 'too few columns': 1 },
    },
    {
      name: 'a long row',
      lines: [header, ...good(9), '2026-02-03 10:00:00,a,b,c,d', ...good(9)],
      read: 19,
      used: 18,
      reasons: { 'too many columns': 1 },
    },
    {
      name: 'broken quoting',
      lines: [header, ...good(9), '2026-02-03 10:00:00,"a"b,c', ...good(9)],
      read: 19,
      used: 18,
      reasons: { 'broken quoting': 1 },
    },
    {
      name: 'not UTF-8',
      lines: [header, ...good(9), Buffer.from([0x32, 0x30, 0xff, 0xfe, 0x2c, 0x61, 0x2c, 0x62]), ...good(9)],
      read: 19,
      used: 18,
      reasons: { 'not UTF-8': 1 },
    },
    {
      name: 'missing values',
      lines: [header, ...good(5), ',a,b', '2026-02-03 10:00:00,unknown,b', 'x,a,b', '1850-01-01,a,b'],
      read: 9,
      used: 5,
      reasons: {
        'account is missing': 1,
        'timestamp out of range': 1,
        'timestamp does not parse': 1,
        'timestamp is missing': 1,
      },
    },
    {
      name: 'a quoted newline',
      lines: [header, ...good(5), '2026-02-03 10:00:00,"a\nb",c'],
      read: 6,
      used: 6,
      reasons: {},
    },
    { name: 'empty lines', lines: [header, ...good(5), '', '', ...good(5)], read: 10, used: 10, reasons: {} },
    { name: 'a byte order mark', lines: [`\ufeff${header}`, ...good(5)], read: 5, used: 5, reasons: {} },
  ];
  for (const { name, lines, read, used, reasons } of cases) {
    it(name, async () => {
      const totals = await scanLines(lines);
      expect(totals).toMatchObject({
        rowsRead: read,
        queries: used,
        rejectedRows: read - used,
        rejectedByReason: reasons,
      });
    });
  }

  it('Windows line ends', async () => {
    expect(await scanLines([header, ...good(5)], {}, '\r\n')).toMatchObject({ rowsRead: 5, queries: 5 });
  });

  it('a file cut in its last row', async () => {
    const totals = await withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(path, `${[header, ...good(5)].join('\n')}\n2026-02-03 10:0`);
      return (await scanPaths([path])).report.totals;
    });
    expect(totals).toMatchObject({ rowsRead: 6, queries: 5, rejectedByReason: { 'too few columns': 1 } });
  });

  it('tolerant reading keeps short rows and broken quotes', async () => {
    const totals = await scanLines(
      [header, ...good(5), '2026-02-03 10:00:00,a', '2026-02-03 10:00:00,"a"b,c', '2026-02-03 10:00:00,a,b,c,d'],
      {
        tolerant: true,
      },
    );
    expect(totals).toMatchObject({ rowsRead: 8, queries: 7, rejectedByReason: { 'too many columns': 1 } });
  });
});

describe('--rejects', () => {
  it('names file, line and reason', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(
        path,
        `${[header, ...good(2), 'never,a,b', '2026-02-03 10:00:00,a', '2026-02-03 10:00:00,"x\ny",b', ',a,b'].join('\n')}\n`,
      );
      const { withContext } = await import('../support/world.ts');
      const { run } = await import('../../src/pipeline/run.ts');
      const found = await withContext({ rejects: 'x.csv' }, async (context) => {
        const result = await run(context, [path]);
        const all = [];
        for await (const reject of result.rejects()) all.push(reject);
        return all;
      });
      expect(found.sort((left, right) => left.line - right.line)).toEqual([
        { path, line: 4, reason: 'timestamp does not parse' },
        { path, line: 5, reason: 'too few columns' },
        { path, line: 8, reason: 'timestamp is missing' },
      ]);
    });
  });
});
