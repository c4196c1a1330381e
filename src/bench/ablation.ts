import { processStreams, Terminal } from '../cli/terminal.ts';
import type { Detector } from '../link/detector.ts';
import { detectors } from '../link/registry.ts';
import { judgeWorld, withWorld } from './worlds.ts';

/**
 * Prints what each detector adds: precision and recall with all detectors, without a whole family and without each one. Arguments: seeds (default:
 * 2), worlds of evasion 2, 3 and 4, scale 0.02 with 20,000 honest accounts.
 */
const seeds = process.argv.slice(2).map(Number);
const evasions = [2, 3, 4] as const;
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

const worlds = evasions.flatMap((evasion) => (seeds.length > 0 ? seeds : [2]).map((seed) => ({ evasion, seed })));
const columns: string[][] = [];
for (const { evasion, seed } of worlds) {
  await withWorld({ scenario: 'seed', evasion, seed }, async (world) => {
    const cells: string[] = [];
    for (const [, choice] of variants) {
      const { precision, recall } = await judgeWorld(world, { detectors: choice });
      cells.push(`${precision.toFixed(3)} / ${recall.toFixed(3)}`);
    }
    columns.push(cells);
  });
}
const head = worlds.map(({ evasion, seed }) => `evasion ${evasion}, seed ${seed}`);
const rows = variants.map(([name], row) => [name, ...columns.map((cells) => cells[row])]);
await terminal.result(
  `| detectors | ${head.join(' | ')} |\n|${'---|'.repeat(head.length + 1)}\n${rows.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}`,
);
