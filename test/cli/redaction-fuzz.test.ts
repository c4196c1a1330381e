import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { reporters } from '../../src/report/registry.ts';
import { damage, mutations } from '../read/fuzz/mutations.ts';
import { personas, writeNetwork } from '../support/network.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

/** `npm run fuzz` asks for many more; a scan costs some hundred times what reading a damaged file does. */
const cases = Math.ceil(Number(process.env.FUZZ_CASES ?? 600) / 100);

it(
  `--redact leaks no name of ${cases} damaged logs into any output`,
  async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeNetwork(
        log,
        personas((plain) => `Secret${plain}`),
      );
      const whole = readFileSync(log);
      const runs = reporters.map(({ extensions }) => join(directory, `run${extensions[0] ?? ''}`));
      const tables = ['rejects', 'accounts', 'evidence'].map((name) => join(directory, `${name}.csv`));
      const outputs = [
        ...runs.flatMap((file) => ['-o', file]),
        ...tables.flatMap((file) => [`--${basename(file, '.csv')}`, file]),
      ];
      await fc.assert(
        fc.asyncProperty(mutations, fc.boolean(), async (damages, tolerant) => {
          writeFileSync(log, damage(whole, damages));
          const flags = ['-v', '--redact', '--force', ...(tolerant ? ['--tolerant'] : [])];
          const { stdout, stderr } = await stillhunt([log, ...flags, ...outputs]);
          const written = [...runs, ...tables].filter((file) => existsSync(file)).map((file) => readFileSync(file));
          for (const content of [Buffer.from(stdout), Buffer.from(stderr), ...written])
            expect(content.includes('Secret')).toBe(false);
        }),
        { numRuns: cases, seed: 11 },
      );
    });
  },
  cases * 20_000,
);
