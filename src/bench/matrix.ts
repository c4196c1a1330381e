import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processStreams, Terminal } from '../cli/terminal.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { readLabels } from '../evaluate/labels.ts';
import type { Scenario } from '../simulate/scenarios.ts';
import { scanWorld, withDirectory, writeWorld } from './worlds.ts';

const scale = 0.02;
const benignAccounts = 20_000;
const seeds = Number(process.argv[2] ?? 10);

/** One world, scanned and held against its labels, as a row of a Markdown table. */
async function row(scenario: Scenario, seed: number): Promise<string> {
  return withDirectory(async (parent) => {
    const directory = join(parent, 'world');
    await writeWorld({ directory, scenario, scale, seed, benignAccounts, format: 'parquet' });
    const { report } = await scanWorld([join(directory, 'calls')]);
    const path = join(directory, 'labels.csv');
    const result = evaluate(report, readLabels(await readFile(path, 'utf8'), path), 'medium');
    const { high, medium, low } = result.falseClusters;
    const ranks = result.campaigns.map((one) => `${one.rank ?? '-'} ${one.level ?? 'missed'}`).join(', ');
    const error = Math.max(0, ...result.campaigns.map((one) => Math.abs(one.countError)));
    const found =
      scenario === 'benign'
        ? ['-', '-', '-', '-']
        : [ranks, share(result.precision), share(result.recall), `${(100 * error).toFixed(2)} %`];
    return `| ${[scenario, seed, ...found, high, medium, low].join(' | ')} |`;
  });
}

function share(value: number): string {
  return value.toFixed(4);
}

const terminal = new Terminal(processStreams);
await terminal.result(
  `scale ${scale}, ${benignAccounts} honest accounts; precision and recall of accounts in clusters at medium or above\n\n` +
    '| world | seed | ranks and levels of the campaigns | precision | recall | largest count error | false high | false medium | false low |\n' +
    '|---|---|---|---|---|---|---|---|---|\n',
);
for (const scenario of ['seed', 'benign'] as const) {
  for (let seed = 1; seed <= seeds; seed += 1) await terminal.result(`${await row(scenario, seed)}\n`);
}
