import type { Level, RunReport } from '../model/report.ts';
import { isAtLeast } from '../util/level.ts';
import { count } from '../util/text.ts';
import { exitCodes } from './exit-code.ts';

/** How a finished scan ends, and why; `advice` is there where the user should be told. */
export interface ScanEnd {
  readonly exitCode: 0 | 1 | 3;
  readonly exitReason: string;
  readonly advice?: string;
}

/** That too little could be read outranks what was found. */
export function scanEnd({ totals, clusters }: RunReport, maxRejectRate: number, failOn: Level | undefined): ScanEnd {
  const rejected = `${count(totals.rejectedRows)} of ${count(totals.rowsRead, 'row')} rejected`;
  if (totals.accounts === 0) {
    const exitReason = `no usable row in the input, ${rejected}`;
    return { exitCode: exitCodes.noUsableRows, exitReason, advice: 'list the reasons with --rejects FILE' };
  }
  if (totals.rejectedRows / totals.rowsRead > maxRejectRate) {
    const advice = 'list them with --rejects FILE or allow more with --max-reject-rate';
    return { exitCode: exitCodes.noUsableRows, exitReason: rejected, advice };
  }
  if (failOn === undefined) return { exitCode: exitCodes.finished, exitReason: 'finished' };
  const news = clusters.filter(({ level, known }) => known === undefined && isAtLeast(level, failOn));
  if (news.length === 0) return { exitCode: exitCodes.finished, exitReason: `nothing new at or above ${failOn}` };
  return { exitCode: exitCodes.found, exitReason: `${count(news.length, 'cluster')} at or above ${failOn}` };
}
