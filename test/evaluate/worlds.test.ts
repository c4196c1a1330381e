import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { readLabels } from '../../src/evaluate/labels.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { scanPaths, withDirectory, withEngine } from '../support/world.ts';

describe('a small world', () => {
  it.each(['seed', 'benign'] as const)('%s: finds what is there and puts nobody honest at high', async (scenario) => {
    await withDirectory(async (parent) => {
      const directory = join(parent, 'world');
      const options = { directory, scenario, scale: 0.02, seed: 11, benignAccounts: 3000, format: 'parquet' } as const;
      await withEngine((engine) => simulate(engine, options, () => {}));
      const labels = readLabels(readFileSync(join(directory, 'labels.csv'), 'utf8'), 'labels.csv');
      const result = evaluate((await scanPaths([join(directory, 'calls')])).report, labels, 'medium');
      expect(result.falseClusters.high).toBe(0);
      expect(result.campaigns.map(({ rank, level }) => ({ rank, level }))).toEqual(
        scenario === 'benign' ? [] : [1, 2, 3].map((rank) => ({ rank, level: 'high' })),
      );
      for (const { precision, recall, countError } of result.campaigns) {
        expect(Math.min(precision, recall)).toBeGreaterThanOrEqual(0.99);
        expect(Math.abs(countError)).toBeLessThanOrEqual(0.01);
      }
    });
  });
});
