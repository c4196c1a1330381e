import type { Reporter } from './reporter.ts';
import { rounded } from './round.ts';

/** The whole report, keys in the order of the contract, fractions rounded once. */
export const json: Reporter = {
  format: 'json',
  extensions: ['.json'],
  render: (report) => `${JSON.stringify(report, roundedValue, 2)}\n`,
};

function roundedValue(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? rounded(value) : value;
}
