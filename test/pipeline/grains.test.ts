import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixtures, scanPaths } from '../support/world.ts';

const sample = (preset: string, name = 'sample.csv') => join(fixtures, 'presets', preset, name);

describe('totals of a bucket', () => {
  it('count as their requests, and no detector of single calls runs on them', async () => {
    const { report, accounts } = await scanPaths([sample('openai_usage_csv')]);
    expect(report.totals).toMatchObject({ rowsRead: 3, queries: 123, rejectedRows: 0, otherRows: 1, accounts: 2 });
    expect(report.inputs.map(({ preset }) => preset)).toEqual(['openai_usage_csv']);
    const single = report.detectors.filter(({ family }) => family === 'timing' || family === 'shape');
    expect(single.map(({ reason }) => reason)).toEqual(single.map(() => 'rows are totals of a bucket'));
    const [first] = [...accounts].filter((row) => row.account_id === 'user-ada');
    expect(first?.queries).toBe(3);
    expect(first?.mean_log_output).toBeCloseTo(Math.log(1 + 300), 9);
  });
  it('beside single calls leave those detectors the calls', async () => {
    const { report } = await scanPaths([sample('openai_usage_csv'), sample('one_api_logs')]);
    expect(report.totals).toMatchObject({ queries: 125, otherRows: 2 });
    expect(report.detectors.find(({ id }) => id === 'co-activity')?.state).toBe('ran');
  });
});

it('account events are no queries', async () => {
  const { report } = await scanPaths([sample('openai_audit_log', 'sample.jsonl')]);
  expect(report.totals).toMatchObject({ rowsRead: 3, queries: 0, accounts: 2 });
});
