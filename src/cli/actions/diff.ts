import { compareRuns } from '../../compare/compare.ts';
import { comparisonFormats } from '../../compare/formats.ts';
import { diffSettings } from '../../config/options.ts';
import { UsageError } from '../../util/errors.ts';
import { isAtLeast } from '../../util/level.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { loadRun } from './report.ts';

/** Compares two saved runs. */
export async function diff(
  oldPath: string,
  newPath: string,
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<ExitCode> {
  const settings = await settingsOf(diffSettings, 'diff', flags, terminal);
  const format = comparisonFormats.find((one) => one.format === settings.format);
  if (format === undefined)
    throw new UsageError(`no format ${settings.format} for a comparison`, 'see stillhunt diff --help');
  const comparison = compareRuns(await loadRun(oldPath), await loadRun(newPath));
  await terminal.result(format.render(comparison, { width: terminal.width, paint: terminal.paint(settings.color) }));
  const { failOn } = settings;
  if (failOn === undefined) return exitCodes.finished;
  const news = comparison.changes.some(
    (change) =>
      change.new.some(({ level }) => isAtLeast(level, failOn)) &&
      !change.old.some(({ level }) => isAtLeast(level, failOn)),
  );
  return news ? exitCodes.found : exitCodes.finished;
}
