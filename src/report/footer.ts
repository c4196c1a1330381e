import type { RunReport } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import type { ReportStyle } from './reporter.ts';
import { wrap } from './wrap.ts';

const inputsShown = 3;

/** What was read, rejected and skipped: nothing found means little without it. */
export function footer(report: RunReport, { width, paint }: ReportStyle): string[] {
  const lines = [
    `read      ${rows(report)}`,
    `accounts  ${count(report.totals.accounts)}, ${period(report)}`,
    `ran       ${names(report, 'ran')}`,
    ...report.detectors
      .filter((detector) => detector.state === 'skipped')
      .map((detector) => `skipped   ${detector.id}: ${detector.reason ?? ''}`),
    `tool      stillhunt ${report.tool.version}, configuration ${report.tool.configHash}`,
    'Scores are heuristics, not probabilities. These are suspects with evidence; a person decides.',
  ];
  return lines.flatMap((line) => wrap(escapeForTerminal(line), width, '')).map((line) => paint.dim(line));
}

function rows({ totals, inputs }: RunReport): string {
  const shown = inputs.slice(0, inputsShown).map((input) => input.path);
  const more = inputs.length > inputsShown ? ` and ${count(inputs.length - inputsShown)} more` : '';
  const reasons = Object.entries(totals.rejectedByReason).map(([reason, number]) => `${reason}: ${count(number)}`);
  const rejected =
    totals.rejectedRows === 0 ? 'none rejected' : `${count(totals.rejectedRows)} rejected (${reasons.join(', ')})`;
  return `${count(totals.rowsRead, 'row')} from ${shown.join(', ')}${more}; ${count(totals.queries)} used, ${rejected}`;
}

function period({ window }: RunReport): string {
  if (window.from === null || window.to === null) return 'no calls';
  return `${window.from.slice(0, 16).replace('T', ' ')} to ${window.to.slice(0, 16).replace('T', ' ')} UTC`;
}

function names({ detectors }: RunReport, state: 'ran' | 'skipped'): string {
  const found = detectors.filter((detector) => detector.state === state).map((detector) => detector.id);
  return found.length === 0 ? 'no detector' : found.join(', ');
}
