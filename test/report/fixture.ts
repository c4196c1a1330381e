import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunReport } from '../../src/model/report.ts';
import { parseReport } from '../../src/report/schema.ts';

export const root = join(import.meta.dirname, '../..');
export const runPath = join(root, 'fixtures/report/disclosed-size.json');
export const runText = readFileSync(runPath, 'utf8');

/** A report with clusters of every level, rejected rows and a detector that could not run. */
export const fixture: RunReport = parseReport(runText, runPath);

/** The same input, and nothing found in it. */
export const nothingFound: RunReport = {
  ...fixture,
  totals: { ...fixture.totals, suspectAccounts: 0, suspectQueries: 0 },
  clusters: [],
};
