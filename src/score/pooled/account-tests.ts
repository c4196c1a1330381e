import { rounded } from '../../util/text.ts';
import type { AccountColumns } from '../traffic.ts';
import type { AccountValue, PooledTest } from './test.ts';

/** A test whose figure comes from what the measure stage knows of accounts; undefined where too few accounts have it. */
export interface AccountTest extends PooledTest {
  readonly isPossible: (columns: AccountColumns) => boolean;
  readonly figure: (columns: AccountColumns, accounts: Int32Array) => number | undefined;
}

/** Accounts of fewer queries or days say nothing of a mean or of a load. */
const fewestQueries = 20;
const fewestDays = 3;
const fewestAccounts = 3;

const dayMs = 86_400_000;

/** Natural logarithm of the variance of a value between accounts; its distribution over draws is nearly normal (Welford 1962). */
function logVariance(accounts: Int32Array, value: AccountValue): number | undefined {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const account of accounts) {
    const own = value(account);
    if (own === undefined) continue;
    count += 1;
    const step = own - mean;
    mean += step / count;
    squares += step * (own - mean);
  }
  return count < fewestAccounts ? undefined : Math.log(squares / (count - 1) + 1e-6);
}

const ofBusy =
  (columns: AccountColumns, values: Float64Array): AccountValue =>
  (account) =>
    (columns.queries[account] ?? 0) >= fewestQueries ? values[account] : undefined;

const lengths = (columns: AccountColumns): readonly AccountValue[] => [
  ofBusy(columns, columns.meanLogInput),
  ofBusy(columns, columns.meanLogOutput),
];

const load =
  (columns: AccountColumns): AccountValue =>
  (account) => {
    const days = columns.activeDays[account] ?? 0;
    return days >= fewestDays ? Math.log((columns.queries[account] ?? 1) / days) : undefined;
  };

const birthDay =
  (columns: AccountColumns): AccountValue =>
  (account) => {
    const created = columns.createdAtMs[account] ?? 0;
    return created > 0 ? created / dayMs : undefined;
  };

/** Standard deviation of a value, from the logarithm of its variance. */
const spread = (figure: number) => Math.exp(figure / 2);

/** The same of a logarithm, as a factor. */
const factor = (figure: number) => rounded(Math.exp(spread(figure)));

export const accountTests: readonly AccountTest[] = [
  {
    id: 'alike-calls',
    family: 'shape',
    matchesVolume: true,
    isPossible: (columns) => columns.has('mean_log_input') && columns.has('mean_log_output'),
    values: lengths,
    figure: (columns, accounts) => {
      const figures = lengths(columns).map((value) => logVariance(accounts, value));
      return figures.reduce<number | undefined>(
        (sum, figure) => (sum === undefined || figure === undefined ? undefined : sum + figure / figures.length),
        0,
      );
    },
    explain: (observed, expected) =>
      `mean token counts vary between its accounts by a factor of ${factor(observed)}, between as many similar outsiders by ${factor(expected)}`,
  },
  {
    id: 'flat-loads',
    family: 'timing',
    matchesVolume: true,
    isPossible: () => true,
    values: (columns) => [load(columns)],
    figure: (columns, accounts) => logVariance(accounts, load(columns)),
    explain: (observed, expected) =>
      `queries a day vary between its accounts by a factor of ${factor(observed)}, between as many outsiders of their volumes by ${factor(expected)}`,
  },
  {
    id: 'births-together',
    family: 'identity',
    matchesVolume: false,
    isPossible: (columns) => columns.has('created_at_ms'),
    values: (columns) => [birthDay(columns)],
    figure: (columns, accounts) => logVariance(accounts, birthDay(columns)),
    explain: (observed, expected) =>
      `its accounts were made within ${rounded(spread(observed))} days of each other (standard deviation), as many outsiders within ${rounded(spread(expected))}`,
  },
];
