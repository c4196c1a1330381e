import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fixtures, scanPaths } from '../support/world.ts';

it('nothing that people wrote is in what a scan gives', async () => {
  const paths = ['langfuse_observations', 'kong_ai_gateway'].map((name) =>
    join(fixtures, 'presets', name, 'sample.jsonl'),
  );
  const { report, accounts } = await scanPaths(paths);
  const given = JSON.stringify([report, [...accounts].map((row) => row.toJSON())]);
  for (const text of ['Reason step by step', 'Question 1', 'Be short', 'prime']) expect(given).not.toContain(text);
});
