import { processStreams, Terminal } from '../cli/terminal.ts';
import type { Detector } from '../link/detector.ts';
import { detectors } from '../link/registry.ts';
import { judgeWorld, scale, withWorld } from './worlds.ts';

/**
 * Prints what each detector adds: precision and recall with all detectors, without a whole family and without each one. Arguments: seeds (default:
 * 2), worlds of evasion 0, 2, 3 and 4.
 */
const seeds = process.argv.slice(2).map(Number);
const evasions = [0, 2, 3, 4] as const;
const terminal = new Terminal(processStreams);
const families = [...new Set(detectors.map(({ family }) => family))];

/** Name of a variant and its `--detectors`. */
const variants: readonly (readonly [string, string])[] = [
  ['all', ''],
  ...families.map((family) => [`no ${family}`, without(detectors.filter((one) => one.family === family))] as const),
  ...detectors.map((detector) => [`no ${detector.id}`, without([detector])] as const),
];

function without(removed: readonly Detector[]): string {
  return removed.map(({ id }) => `-${id}`).join(',');
}

await terminal.result(
  `scale ${scale}, 20,000 honest accounts; precision / recall at medium or above\n\n` +
    `| evasion | seed | ${variants.map(([name]) => name).join(' | ')} |\n|${'---|'.repeat(variants.length + 2)}\n`,
);
for (const evasion of evasions) {
  for (const seed of seeds.length > 0 ? seeds : [2]) {
    await withWorld({ scenario: 'seed', evasion, seed }, async (world) => {
      const cells: string[] = [];
      for (const [, choice] of variants) {
        const { precision, recall } = await judgeWorld(world, { detectors: choice });
        cells.push(`${precision.toFixed(3)} / ${recall.toFixed(3)}`);
      }
      await terminal.result(`| ${[evasion, seed, ...cells].join(' | ')} |\n`);
    });
  }
}
