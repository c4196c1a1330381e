import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scan } from '../src/index.ts';
import { stillhunt } from './cli/streams.ts';
import { personas, writeNetwork } from './support/network.ts';
import { fixtures, withDirectory } from './support/world.ts';

const root = join(import.meta.dirname, '..');

const script = `
import { InputError, type RunReport, type ScanOptions, scan } from 'stillhunt';

const options: ScanOptions = { threads: 2, profile: 'sensitive', onEvent: (event) => stages.push(event.kind) };
const stages: string[] = [];
const report: RunReport = await scan('log.csv', options);
const failure = await scan(['gone.csv']).catch((error: unknown) => (error instanceof InputError ? error.hint : ''));
console.log(JSON.stringify({ clusters: report.clusters.map(({ accounts }) => accounts.count), failure, heard: stages.includes('stage') }));
`;

/** Runs a program in a directory; fails with what it said. */
function run(directory: string, program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: directory, encoding: 'utf8' });
  expect({ program, status, output: status === 0 ? '' : stdout + stderr }).toEqual({ program, status: 0, output: '' });
  return stdout;
}

describe('the package', () => {
  it('gives scripts a typed scan, as it is packed', async () => {
    await withDirectory(async (directory) => {
      const packed = JSON.parse(
        run(root, 'npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', directory]),
      );
      const installed = join(directory, 'node_modules', 'stillhunt');
      mkdirSync(installed, { recursive: true });
      run(directory, 'tar', ['-xzf', String(packed[0].filename), '-C', installed, '--strip-components', '1']);
      symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'));
      symlinkSync(join(root, 'node_modules', '@types'), join(directory, 'node_modules', '@types'));
      writeNetwork(join(directory, 'log.csv'), personas());
      writeFileSync(join(directory, 'script.ts'), script);
      writeFileSync(join(directory, 'package.json'), '{"type": "module"}');
      const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
      const flags = ['--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
      run(directory, process.execPath, [tsc, ...flags, 'script.ts']);
      const result = JSON.parse(run(directory, process.execPath, ['script.js']));
      expect(result).toEqual({ clusters: [12], failure: 'check the path', heard: true });
    });
  });
});

describe('scan', () => {
  it('returns what -f json prints, fractions rounded', async () => {
    const path = join(fixtures, 'detectors/shared-payment/positive.csv');
    const { exitCode, exitReason, ...printed } = JSON.parse((await stillhunt([path, '-f', 'json'])).stdout);
    expect([exitCode, exitReason]).toEqual([0, 'finished']);
    expect(await scan(path)).toEqual(printed);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const ended = scan('log.csv', { signal: controller.signal });
    controller.abort();
    await expect(ended).rejects.toThrow('interrupted');
  });

  it('refuses options with a hint', async () =>
    expect(scan('log.csv', { maxRejectRate: 7 })).rejects.toMatchObject({ name: 'UsageError' }));
});
