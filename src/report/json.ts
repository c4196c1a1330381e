import { escapeInJson } from '../util/escape.ts';
import type { Reporter } from './reporter.ts';
import { rounded } from './round.ts';

/** The whole report, keys in the order of the contract, fractions rounded once. */
export const json: Reporter = {
  format: 'json',
  extensions: ['.json'],
  render: (report) => `${jsonText(report, 2)}\n`,
};

/** A value as JSON, fractions rounded; `indent` 0 keeps it on one line. */
export function jsonText(value: unknown, indent: number): string {
  return escapeInJson(JSON.stringify(value, roundedValue, indent));
}

function roundedValue(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? rounded(value) : value;
}
