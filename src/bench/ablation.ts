import { processStreams, Terminal } from '../cli/terminal.ts';
import { detectors } from '../link/registry.ts';
import { judgeWorld, scale, withWorld } from './worlds.ts';

/**
 * Prints what each detector adds: precision and recall with all detectors, and without each one. Arguments: seeds (default:
 * 2), worlds of evasion 0, 2, 3 and 4.
 */
const seeds = process.argv.slice(2).map(Number);
const evasions = [0, 2, 3, 4] as const;
const terminal = new Terminal(processStreams);
const variants = ['all', ...detectors.map(({ id }) => `-${id}`)];

await terminal.result(
  `scale ${scale}, 20,000 honest accounts; precision / recall at medium or above\n\n` +
    `| evasion | seed | ${variants.join(' | ')} |\n|${'---|'.repeat(variants.length + 2)}\n`,
);
for (const evasion of evasions) {
  for (const seed of seeds.length > 0 ? seeds : [2]) {
    await withWorld({ scenario: 'seed', evasion, seed }, async (world) => {
      const cells: string[] = [];
      for (const variant of variants) {
        const options = variant === 'all' ? {} : { detectors: variant };
        const { precision, recall } = await judgeWorld(world, options);
        cells.push(`${precision.toFixed(3)} / ${recall.toFixed(3)}`);
      }
      await terminal.result(`| ${[evasion, seed, ...cells].join(' | ')} |\n`);
    });
  }
}
