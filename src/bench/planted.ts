import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { processStreams, Terminal } from '../cli/terminal.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { roles } from './planting/calls.ts';
import { disguises } from './planting/plant.ts';
import { eachWorld, type PlantedWorld } from './planting/world.ts';
import { judge, scanWorld } from './worlds.ts';

/**
 * Plants campaigns of 10, 50 and 200 accounts in exported backgrounds and prints what a scan finds, and what it finds in
 * the backgrounds alone, as exported and with their links permuted. A background knows no labels: clusters in it as
 * exported may be real; permuted, every cluster is false. Arguments: files of posts, `--tokens FILE` (repeatable),
 * `--clients DIRECTORY` with `*-trace.csv` (repeatable), `--mappings` (how many, default 3), `--seed` (default 2).
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tokens: { type: 'string', multiple: true, default: [] },
    clients: { type: 'string', multiple: true, default: [] },
    mappings: { type: 'string', default: '3' },
    seed: { type: 'string', default: '2' },
  },
});

const clients = values.clients.flatMap((directory) =>
  readdirSync(directory)
    .filter((file) => file.endsWith('-trace.csv'))
    .map((file) => join(directory, file)),
);

function row({ background, mapping, links, disguise }: PlantedWorld, linkCount: number, result: Evaluation): string {
  const { precision, campaigns, falseClusters } = result;
  const found = campaigns.map(({ level, precision: share, recall }) =>
    level === null || share < 0.5 ? '-' : `${recall.toFixed(3)} ${level}`,
  );
  const objects = roles.flatMap((role) => (mapping[role] === undefined ? [] : [`${mapping[role]} as ${role}`]));
  const planted =
    disguise === undefined ? ['nothing', '-', '-', '-', '-'] : [disguises[disguise], precision.toFixed(3), ...found];
  const { high, medium, low } = falseClusters;
  return `| ${[background, objects.join(', '), links, linkCount, ...planted, high, medium, low].join(' | ')} |`;
}

const terminal = new Terminal(processStreams);
await terminal.result(
  'precision of accounts in clusters at medium or above; of each campaign the share found in its best cluster, and its level\n\n' +
    '| background | objects | links | shared links | planted | precision | 10 accounts | 50 accounts | 200 accounts | other high | other medium | other low |\n' +
    '|---|---|---|---|---|---|---|---|---|---|---|---|\n',
);
for (const posts of positionals) {
  await eachWorld(
    { posts, tokens: values.tokens, clients },
    {
      mappings: [...Array(Number(values.mappings)).keys()],
      links: ['as exported', 'permuted'],
      disguises: [...disguises.keys()],
      seed: Number(values.seed),
    },
    async (world, directory) => {
      const { report } = await scanWorld([join(directory, 'calls')]);
      const linkCount = report.detectors.reduce((sum, { links }) => sum + links, 0);
      await terminal.result(`${row(world, linkCount, await judge(report, directory))}\n`);
    },
  );
}
