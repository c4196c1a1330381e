import { processStreams, Terminal } from '../cli/terminal.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { type Case, cases } from './cases.ts';
import { judgeWorld, scale, withWorld } from './worlds.ts';

/**
 * Prints the evaluation as one Markdown table, a row as soon as its world is done. Arguments: seeds (default: 2 and 4;
 * thresholds were chosen on odd ones), then optionally the start of the names of the cases wanted.
 */
const seeds = process.argv.slice(2).map(Number).filter(Number.isInteger);
const wanted = process.argv.slice(2).filter((text) => !Number.isInteger(Number(text)));

function row({ name }: Case, seed: number, result: Evaluation): string {
  const { precision, recall, campaigns, falseClusters, falsePositives } = result;
  const mostlyHonest = new Set(falsePositives.map((cluster) => cluster.rank));
  // Two campaigns in one cluster are found both.
  const found = campaigns.filter(({ rank, recall }) => rank !== null && !mostlyHonest.has(rank) && recall >= 0.5);
  const flagged = found.filter((one) => one.level !== 'low');
  const queries = flagged.reduce((sum, one) => sum + one.queries, 0);
  const attributed = flagged.reduce((sum, one) => sum + one.attributedQueries, 0);
  const figures =
    campaigns.length === 0
      ? ['-', '-', '-', '-']
      : [
          precision.toFixed(4),
          recall.toFixed(4),
          queries === 0 ? '-' : `${(100 * (attributed / queries - 1)).toFixed(1)} %`,
          `${found.length} of ${campaigns.length}: ${found.map((one) => one.level).join(', ') || '-'}`,
        ];
  const { high, medium, low } = falseClusters;
  return `| ${[name, seed, ...figures, high, medium, low].join(' | ')} |`;
}

const terminal = new Terminal(processStreams);
await terminal.result(
  `scale ${scale}, 20,000 honest accounts; precision and recall of accounts in clusters at medium or above\n\n` +
    '| world | seed | precision | recall | error of attributed queries | campaigns found | false high | false medium | false low |\n' +
    '|---|---|---|---|---|---|---|---|---|\n',
);
for (const one of cases.filter(({ name }) => wanted.length === 0 || wanted.some((text) => name.startsWith(text)))) {
  for (const seed of seeds.length > 0 ? seeds : [2, 4]) {
    const line = await withWorld({ ...one.options, seed }, async (world) =>
      row(one, seed, await judgeWorld(world, {})),
    );
    await terminal.result(`${line}\n`);
  }
}
