import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processStreams, Terminal } from '../cli/terminal.ts';
import { withDirectory, writeWorld } from './worlds.ts';

const script = fileURLToPath(new URL('measured.js', import.meta.url));
const smallScale = Number(process.argv[2] ?? 0.02);
const factor = 8;

interface Measured {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function measure(kind: string, format: string, glob: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, kind, format, glob]);
  return JSON.parse(stdout);
}

/** One world in one format: what the engine needs at least, the whole scan, and their ratio, as a row of a table. */
async function row(format: 'parquet' | 'csv', scale: number): Promise<string> {
  return withDirectory(async (parent) => {
    const directory = join(parent, 'world');
    await writeWorld({ directory, scenario: 'seed', scale, seed: 1, format });
    const truth: { queries: number } = JSON.parse(await readFile(join(directory, 'truth.json'), 'utf8'));
    const glob = join(directory, 'calls', `*.${format}`);
    const limit = await measure(format === 'csv' ? 'group' : 'limit', format, glob);
    const scan = await measure('scan', format, glob);
    const cells = [
      format,
      truth.queries.toLocaleString('en-US'),
      limit.seconds.toFixed(1),
      scan.seconds.toFixed(1),
      (scan.seconds / limit.seconds).toFixed(2),
      Math.round(truth.queries / scan.seconds).toLocaleString('en-US'),
      ((scan.seconds / truth.queries) * 1e6).toFixed(2),
      Math.round(scan.peakMegabytes).toLocaleString('en-US'),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

const terminal = new Terminal(processStreams);
await terminal.result(
  'limit: the engine alone, Parquet: every used column once and one group by account, CSV: one group by account\n\n' +
    '| format | rows | limit, s | scan, s | ratio | rows a second | µs a row | peak memory, MB |\n|---|---|---|---|---|---|---|---|\n',
);
for (const format of ['parquet', 'csv'] as const) {
  for (const scale of [smallScale, smallScale * factor]) await terminal.result(`${await row(format, scale)}\n`);
}
