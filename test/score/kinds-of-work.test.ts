import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixtures, scanPaths, withDirectory } from '../support/world.ts';

it('adds up the calls of several kinds of work, whatever the models are called', async () => {
  await withDirectory(async (directory) => {
    const [header = '', ...rows] = readFileSync(join(fixtures, 'detectors/behaviour-twins/positive.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    const again = rows.map((row) => row.replace('large-4', 'vendor.large-5:0'));
    const path = join(directory, 'calls.csv');
    writeFileSync(path, [header, ...rows, ...again, ''].join('\n'));
    const { report } = await scanPaths([path], { profile: 'sensitive' });
    const workers = report.clusters.find(({ accounts }) => accounts.ids.includes('worker-0'));
    expect(workers?.accounts.ids).toHaveLength(8);
    expect(workers?.evidence[0]?.summary).toContain('(2 kinds of work, 640 queries)');
    expect(workers?.queries).toMatchObject({ total: 640, lower: 640, attributed: 640 });
  });
});
