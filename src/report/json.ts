import type { Reporter } from './reporter.ts';

const significantDigits = 6;

/** The whole report, keys in the order of the contract, fractions rounded once. */
export const json: Reporter = {
  format: 'json',
  extensions: ['.json'],
  render: (report) => `${JSON.stringify(report, rounded, 2)}\n`,
};

function rounded(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(value.toPrecision(significantDigits));
}
