import { compareRuns } from '../../compare/compare.ts';
import { comparisonFormats } from '../../compare/formats.ts';
import type { Level } from '../../model/report.ts';
import { UsageError } from '../../util/errors.ts';
import { isAtLeast } from '../../util/level.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';
import { loadRun } from './report.ts';

/** Compares two saved runs. */
export async function diff(
  oldPath: string,
  newPath: string,
  flags: { readonly format: string; readonly failOn?: Level; readonly color: ColorChoice },
  terminal: Terminal,
): Promise<ExitCode> {
  const format = comparisonFormats.find((one) => one.format === flags.format);
  if (format === undefined)
    throw new UsageError(`no format ${flags.format} for a comparison`, 'see stillhunt diff --help');
  const comparison = compareRuns(await loadRun(oldPath), await loadRun(newPath));
  await terminal.result(format.render(comparison, { width: terminal.width, paint: terminal.paint(flags.color) }));
  const { failOn } = flags;
  if (failOn === undefined) return exitCodes.finished;
  const news = comparison.changes.some(
    (change) =>
      change.new.some(({ level }) => isAtLeast(level, failOn)) &&
      !change.old.some(({ level }) => isAtLeast(level, failOn)),
  );
  return news ? exitCodes.found : exitCodes.finished;
}
