import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import type { ReportCluster, RunReport } from '../../src/model/report.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { table } from '../../src/report/table.ts';
import { fixture, nothingFound, root } from './fixture.ts';

const plain = (report: RunReport, width: number): string => table.render(report, { width, paint: plainPaint });

describe('table', () => {
  it.each([80, 200])('looks as it did at %i columns', async (width) => {
    await expect(plain(fixture, width)).toMatchFileSnapshot(`${root}/test/golden/report-${width}.txt`);
  });

  it('looks as it did with nothing found', async () => {
    await expect(plain(nothingFound, 80)).toMatchFileSnapshot(`${root}/test/golden/report-nothing-80.txt`);
  });

  it.each([80, 100, 120, 160, 200])('keeps within %i columns', (width) => {
    for (const line of plain(fixture, width).split('\n')) expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it('uses the room beside the numbers where there is enough', () => {
    const row = plain(fixture, 200)
      .split('\n')
      .find((line) => line.startsWith('1  c-'));
    expect(row).toContain('02 Feb – 01 Mar, 28 d');
    expect(row).toContain('+ 14 accounts of 14 call from 10 shared addresses');
  });

  it.each([80, 200])('says the same with colour at %i columns', (width) => {
    const colored = table.render(fixture, { width, paint: new Chalk({ level: 1 }) });
    expect(colored).not.toBe(stripVTControlCharacters(colored));
    expect(stripVTControlCharacters(colored)).toBe(plain(fixture, width));
  });

  it('speaks of suspects and innocent causes, never of guilt', () => {
    const text = plain(fixture, 80);
    expect(text).toMatch(/suspect/);
    expect(text).toMatch(/innocent cause/);
    expect(text).toMatch(/a\s+person decides/);
    expect(text).not.toMatch(/guilty|fraudster|attacker|criminal/i);
  });

  it('says what was not looked for when nothing was found', () => {
    const text = plain(nothingFound, 200);
    expect(text).toMatch(/^No suspect cluster among 24,120 accounts and 16,499,000 queries\./);
    expect(text).toContain('1 detector could not run');
    expect(text).toContain('shared-template: needs system_prompt_hash');
  });

  it('tells an empty input from one whose rows were all rejected', () => {
    const nothing = { from: null, to: null };
    const empty = { ...fixture.totals, rowsRead: 0, queries: 0, accounts: 0, rejectedRows: 0, rejectedByReason: {} };
    const rejected = { ...empty, rowsRead: 5, rejectedRows: 5, rejectedByReason: { 'no account': 5 } };
    expect(plain({ ...nothingFound, window: nothing, totals: empty }, 80)).toContain('The input holds no rows.');
    expect(plain({ ...nothingFound, window: nothing, totals: rejected }, 80)).toContain('no account: 5');
  });

  it('shows few leads and says how many more there are', () => {
    const low = fixture.clusters[2];
    if (low === undefined) throw new Error('the fixture has a lead');
    const leads: ReportCluster[] = Array.from({ length: 9 }, (_, position) => ({ ...low, rank: position + 1 }));
    expect(plain({ ...fixture, clusters: leads }, 80)).toContain('4 more leads at level low');
  });
});
