import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanPaths, withDirectory, writeCsv } from '../support/world.ts';

/** One call at noon of each of ten days, and a row without a time. */
async function scanDays(options: object) {
  return withDirectory(async (directory) => {
    const days = Array.from({ length: 10 }, (_, day) => [`2026-03-${String(day + 1).padStart(2, '0')}T12:00:00Z`, 'a']);
    const path = writeCsv(directory, 'log.csv', ['timestamp', 'account_id'], [...days, ['never', 'a']]);
    const { report } = await scanPaths([join(path)], options);
    return { ...report.totals, from: report.window.from?.slice(0, 10), to: report.window.to?.slice(0, 10) };
  });
}

describe('the time asked for', () => {
  it.each([
    [{}, 10, '01', '10'],
    [{ since: '2026-03-04' }, 7, '04', '10'],
    [{ until: '2026-03-04' }, 4, '01', '04'],
    [{ since: '2026-03-02T12:00Z', until: '2026-03-04T12:00Z' }, 2, '02', '03'],
    [{ last: '3d' }, 3, '08', '10'],
    [{ last: '3d', until: '2026-03-05' }, 3, '03', '05'],
  ])('%j', async (options, queries, first, last) => {
    const found = await scanDays(options);
    expect(found).toMatchObject({
      queries,
      from: `2026-03-${first}`,
      to: `2026-03-${last}`,
      rowsRead: 11,
      rejectedRows: 1,
    });
    expect(found.otherRows ?? 0).toBe(10 - queries);
  });
});
