import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { processStreams, Terminal } from '../cli/terminal.ts';
import { sql } from '../engine/sql.ts';
import { createWords, madePrompts } from './prompts.ts';
import { recallCurve } from './recall-curve.ts';
import { withDirectory, withEngine } from './worlds.ts';

const script = fileURLToPath(new URL('mining-measured.js', import.meta.url));
const prompts = Number(process.argv[2] ?? 1_000_000);

const terminal = new Terminal(processStreams);
await terminal.result('| Jaccard similarity | pairs that meet | expected |\n|---|---|---|\n');
for (const { similarity, measured, expected } of recallCurve([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 2_000))
  await terminal.result(`| ${[similarity, measured, expected].map((share) => share.toFixed(3)).join(' | ')} |\n`);

await terminal.result(
  '\n| prompts | seconds | processor seconds | peak memory, MB | fillings under their template’s id | varied texts under theirs | purity of ids |\n|---|---|---|---|---|---|---|\n',
);
await withDirectory(async (directory) => {
  const path = join(directory, 'prompts.parquet');
  await withEngine(async (engine) => {
    await engine.execute(createWords);
    await engine.execute(sql`COPY (${madePrompts(prompts)}) TO ${path} (FORMAT parquet)`);
  });
  const { stdout } = await promisify(execFile)(process.execPath, [script, path]);
  const { seconds, processorSeconds, peakMegabytes, filled, varied, pure } = JSON.parse(stdout);
  const cells = [
    prompts.toLocaleString('en-US'),
    seconds.toFixed(1),
    processorSeconds.toFixed(1),
    Math.round(peakMegabytes).toLocaleString('en-US'),
    ...[filled, varied, pure].map((share: number) => share.toFixed(4)),
  ];
  await terminal.result(`| ${cells.join(' | ')} |\n`);
});
