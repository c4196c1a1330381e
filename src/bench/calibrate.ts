import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processStreams, Terminal } from '../cli/terminal.ts';
import { buildGraph } from '../cluster/graph.ts';
import { resolveConfig } from '../config/resolve.ts';
import { breather } from '../engine/context.ts';
import { readLabels } from '../evaluate/labels.ts';
import { detectors } from '../link/registry.ts';
import type { Family } from '../model/report.ts';
import { gather } from '../pipeline/run.ts';
import { seededRandom } from '../util/random.ts';
import { calibrate, type Pair } from './calibration/fit.ts';
import { drawPairs } from './calibration/pairs.ts';
import { type Case, cases } from './cases.ts';
import { withDirectory, withEngine, writeWorld } from './worlds.ts';

/**
 * Learns the weights of the families of evidence from labelled worlds and writes them to `src/cluster/family-weights.json`
 * with what they were learned from. Arguments: seeds (default: 1 and 3; results are reported on even ones).
 */
const given = process.argv.slice(2).map(Number);
const seeds = given.length > 0 ? given : [1, 3];
const scale = 0.0025;
const benignAccounts = 2_500;
const wanted = cases.filter(
  ({ options: { scenario, without, text } }) =>
    without === undefined && text === undefined && ['seed', 'lookalikes', 'relays'].includes(scenario),
);

/** Families in the order of their numbers in a pair. */
const families: readonly Family[] = ['identity', 'network', 'content', 'timing', 'shape'];

/**
 * The part of a weight that is given; the rest is earned. With half earned, worlds of even seeds were judged no better at
 * scale 0.005, and by an earlier fit worse at 0.02 (recall at evasion 4 0.729 instead of 0.738), so the fit is stored beside
 * equal weights, which hold.
 */
const givenPart = 1;

async function pairsOf({ options }: Case, seed: number): Promise<Pair[]> {
  return withDirectory(async (parent) => {
    const directory = join(parent, 'world');
    await writeWorld({ ...options, directory, seed, scale, benignAccounts, format: 'parquet' });
    const path = join(directory, 'labels.csv');
    const labels = new Map(readLabels(await readFile(path, 'utf8'), path).map((one) => [one.accountId, one.label]));
    return withEngine(async (engine) => {
      const context = { engine, config: resolveConfig({}, detectors), emit: () => {}, breathe: breather() };
      const { evidence, features } = await gather(context, [join(directory, 'calls')]);
      const graph = buildGraph(evidence, features, { identity: 1, network: 1, content: 1, timing: 1, shape: 1 });
      const names = features.table.getChild('account_id');
      const actorOf = (entity: number) => labels.get(String(names?.get(graph.entityNumber[entity] ?? 0))) || undefined;
      return drawPairs(graph, actorOf, seededRandom(seed)).map(({ isOneActor, surprises }) => ({
        isOneActor,
        surprises: families.map((family) => surprises[graph.families.indexOf(family)] ?? 0),
      }));
    });
  });
}

function describeFamily(pairs: readonly Pair[], family: number): string {
  const sharing = pairs.filter(({ surprises }) => (surprises[family] ?? 0) > 0);
  const claimed = sharing.reduce((sum, { surprises }) => sum + (surprises[family] ?? 0), 0);
  const isTrue = sharing.filter(({ isOneActor }) => isOneActor).length;
  const cells = [
    families[family],
    sharing.length,
    (claimed / sharing.length).toFixed(2),
    (isTrue / sharing.length).toFixed(3),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

const terminal = new Terminal(processStreams);
const worlds: Pair[][] = [];
for (const one of wanted) {
  for (const seed of seeds) {
    const pairs = await pairsOf(one, seed);
    worlds.push(pairs);
    const isTrue = pairs.filter(({ isOneActor }) => isOneActor).length;
    await terminal.result(`${one.name}, seed ${seed}: ${pairs.length} pairs, ${isTrue} of one actor\n`);
  }
}
await terminal.result('\n| family | pairs that share | mean surprise, nats | of one actor |\n|---|---|---|---|\n');
for (const family of families.keys()) await terminal.result(describeFamily(worlds.flat(), family));
const { weights, shrinkage, losses } = calibrate(worlds);
const round = (value: number) => Number(value.toFixed(3));
const stored = {
  command: `npm run calibrate -- ${seeds.join(' ')}`,
  worlds: wanted.map(({ name }) => name),
  seeds,
  scale,
  benignAccounts,
  pairs: worlds.flat().length,
  shrinkage,
  fitted: Object.fromEntries(families.map((family, position) => [family, round(weights[position] ?? 0)])),
  weights: Object.fromEntries(
    families.map((family, position) => [family, round(givenPart + (1 - givenPart) * (weights[position] ?? 0))]),
  ),
};
await writeFile('src/cluster/family-weights.json', `${JSON.stringify(stored, null, 2)}\n`);
const tried = losses.map((one) => `${one.shrinkage}: ${one.loss.toFixed(5)}`).join(', ');
await terminal.result(
  `\nloss of worlds left out by strength of the pull, nats a pair: ${tried}\n${JSON.stringify(stored.weights)}\n`,
);
