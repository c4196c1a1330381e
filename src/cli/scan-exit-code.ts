import type { Level, RunReport } from '../model/report.ts';
import { isAtLeast } from '../util/level.ts';
import { count } from '../util/text.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** How a finished scan ends; that too little could be read is said, and outranks what was found. */
export function scanExitCode(
  { totals, clusters }: RunReport,
  maxRejectRate: number,
  failOn: Level | undefined,
  terminal: Terminal,
): ExitCode {
  const rejected = `${count(totals.rejectedRows)} of ${count(totals.rowsRead, 'row')} rejected`;
  if (totals.accounts === 0) {
    terminal.message(`no usable row in the input, ${rejected}; list the reasons with --rejects FILE`);
    return exitCodes.noUsableRows;
  }
  if (totals.rejectedRows / totals.rowsRead > maxRejectRate) {
    terminal.message(`${rejected}; list them with --rejects FILE or allow more with --max-reject-rate`);
    return exitCodes.noUsableRows;
  }
  if (failOn === undefined) return exitCodes.finished;
  const isNews = clusters.some(({ level, known }) => known === undefined && isAtLeast(level, failOn));
  return isNews ? exitCodes.found : exitCodes.finished;
}
