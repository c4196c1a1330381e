import type { ReportStyle } from '../report/reporter.ts';
import { shorten, wrap } from '../report/wrap.ts';
import { escapeForTerminal } from '../util/escape.ts';

const longestText = 300;

/** A part of an explanation: a title and lines beneath it; nothing where there are no lines. */
export function section(title: string, lines: readonly string[], { paint }: ReportStyle): string[] {
  return lines.length === 0 ? [] : ['', paint.bold(title), ...lines];
}

/** A text from anywhere as indented lines that fit, its mark before the first. */
export function item(mark: string, text: string, { width }: ReportStyle): string[] {
  const indent = `  ${mark} `;
  return wrap(shown(text), width, indent, ' '.repeat(indent.length));
}

/** A text from a log, safe to print and of bounded length. */
export function shown(text: string): string {
  return shorten(escapeForTerminal(text), longestText);
}

/** ln(odds) with its sign, `+4.1`. */
export function signed(nats: number): string {
  return `${nats < 0 ? '-' : '+'}${Math.abs(nats).toFixed(1)}`;
}
