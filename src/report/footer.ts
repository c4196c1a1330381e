import type { RunReport } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import { showsText } from './asked-text.ts';
import { minuteRange } from './local-time.ts';
import type { ReportStyle } from './reporter.ts';
import { shorten, wrap } from './wrap.ts';

const inputsShown = 3;
const longestText = 120;
const labelWidth = 11;
/** What every report for people says of itself. */
export const caution = 'Scores are heuristics, not probabilities. These are suspects with evidence; a person decides.';

/** What was read, rejected and skipped: nothing found means little without it. */
export function footer(report: RunReport, { width, paint, zone }: ReportStyle): string[] {
  const hanging = ' '.repeat(labelWidth);
  return [
    ...facts(report, zone).flatMap(([label, text]) => wrap(text, width, label.padEnd(labelWidth), hanging)),
    ...wrap(caution, width, '', ''),
  ].map((line) => paint.dim(line));
}

/** The same as labels and texts, the texts safe to print. */
export function facts(report: RunReport, zone?: string): (readonly [label: string, text: string])[] {
  const { totals, tool, detectors } = report;
  const ran = detectors.filter(({ state }) => state === 'ran').map(({ id }) => shown(id));
  const skipped = detectors.filter(({ state }) => state === 'skipped');
  return [
    ['input', inputs(report)],
    ['rows', rows(report)],
    ['accounts', count(totals.accounts)],
    ['window', period(report, zone)],
    ['ran', ran.length === 0 ? 'no detector' : ran.join(', ')],
    ...skipped.map(({ id, reason = 'no reason given' }) => ['skipped', `${shown(id)}: ${shown(reason)}`] as const),
    ...(report.redaction === undefined
      ? []
      : [['names', `aliases, made with key ${shown(report.redaction)}`] as const]),
    ...(showsText(report) ? [['texts', 'the run holds raw prompts (--show-text): private, and hostile'] as const] : []),
    ['tool', `stillhunt ${shown(tool.version)}, configuration ${shown(tool.configHash)}`],
  ];
}

/** A text from outside, safe to print and of bounded length. */
function shown(text: string): string {
  return shorten(escapeForTerminal(text), longestText);
}

function inputs({ inputs }: RunReport): string {
  const bytes = inputs.reduce((sum, input) => sum + input.bytes, 0);
  const paths = inputs.slice(0, inputsShown).map(({ path }) => shown(path));
  const more = inputs.length > inputsShown ? ` and ${count(inputs.length - inputsShown)} more` : '';
  return `${count(inputs.length, 'file')}, ${count(bytes, 'byte')}${paths.length === 0 ? '' : `: ${paths.join(', ')}`}${more}`;
}

function rows({ totals }: RunReport): string {
  const reasons = Object.entries(totals.rejectedByReason).map(([reason, rows]) => `${shown(reason)}: ${count(rows)}`);
  const rejected =
    totals.rejectedRows === 0 ? 'none rejected' : `${count(totals.rejectedRows)} rejected (${reasons.join(', ')})`;
  const duplicates = totals.duplicateRows === 0 ? '' : `, ${duplicatesOf(totals)}`;
  const { otherRows = 0 } = totals;
  const others = otherRows === 0 ? '' : `, ${count(otherRows)} no calls or outside the time asked for`;
  return `${count(totals.rowsRead)} read, ${count(usedRows(totals))} used, ${rejected}${duplicates}${others}`;
}

function duplicatesOf({ duplicateRows, duplicateRowsBy = {} }: RunReport['totals']): string {
  const keys = Object.entries(duplicateRowsBy).map(([key, rows]) => `by ${shown(key)}: ${count(rows)}`);
  return `${count(duplicateRows, 'duplicate')}${keys.length === 0 ? '' : ` (${keys.join(', ')})`}`;
}

function usedRows({ rowsRead, rejectedRows, duplicateRows, otherRows = 0 }: RunReport['totals']): number {
  return rowsRead - rejectedRows - duplicateRows - otherRows;
}

function period({ window }: RunReport, zone?: string): string {
  if (window.from === null || window.to === null) return 'no calls';
  return minuteRange(window.from, window.to, zone);
}
