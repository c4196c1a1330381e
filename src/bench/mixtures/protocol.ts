import { quantileSorted } from 'simple-statistics';
import { fourierFeatures, squaredDiscrepancy } from '../../score/pooled/fourier-features.ts';
import { groupBy } from '../../util/group.ts';

/** Prompts by number, with embeddings and accounts of all prompts. */
export interface Prompts {
  readonly embeddings: Float64Array;
  readonly numbers: readonly number[];
  readonly accounts: Int32Array;
}

/** Shares of a window that are the campaign's. */
export const shares = [0.05, 0.1, 0.25, 0.5, 1];

const windowQueries = 1_500;
const references = 20;
const discrepancies = 1_000;
const thresholdQuantile = 0.95;
const windows = 100;

/** Of an account, queries in one window of accounts. */
const queriesPerAccount = 25;

/**
 * Shares of windows whose mean discrepancy from 20 honest reference batches lies above the 95th percentile of 1,000
 * discrepancies of two honest ones: of honest windows, then for each of `shares`. Reference batches come from one half of
 * the honest accounts, windows from the other. `unit` says whether windows are drawn by query, as published, or by account,
 * since queries of one account depend on each other.
 */
export function detectionRates(
  honest: Prompts,
  campaign: Prompts,
  unit: 'queries' | 'accounts',
  random: () => number,
): number[] {
  const half = (parity: number): Prompts => ({
    ...honest,
    numbers: honest.numbers.filter((number) => (honest.accounts[number] ?? 0) % 2 === parity),
  });
  const draw = unit === 'queries' ? byQuery(random) : byAccount(random);
  const [forReference, forWindows] = [draw(half(0)), draw(half(1))];
  const attack = draw(campaign);
  const window = (share: number): Float64Array => {
    const attacked = Math.round(share * windowQueries);
    return meanOf(honest.embeddings, [...forWindows(windowQueries - attacked), ...attack(attacked)]);
  };
  const batches = Array.from({ length: references }, () => meanOf(honest.embeddings, forReference(windowQueries)));
  const honestDiscrepancies = Array.from({ length: discrepancies }, () =>
    squaredDiscrepancy(window(0), meanOf(honest.embeddings, forReference(windowQueries))),
  ).sort((left, right) => left - right);
  const threshold = quantileSorted(honestDiscrepancies, thresholdQuantile);
  const isFlagged = (mean: Float64Array): boolean =>
    batches.reduce((sum, batch) => sum + squaredDiscrepancy(mean, batch), 0) / references > threshold;
  return [0, ...shares].map(
    (share) => Array.from({ length: windows }, () => isFlagged(window(share))).filter(Boolean).length / windows,
  );
}

type Draw = (prompts: Prompts) => (count: number) => number[];

function byQuery(random: () => number): Draw {
  return ({ numbers }) =>
    (count) =>
      Array.from({ length: count }, () => numbers[Math.floor(random() * numbers.length)] ?? 0);
}

function byAccount(random: () => number): Draw {
  return ({ numbers, accounts }) => {
    const groups = [...groupBy(numbers, (number) => accounts[number] ?? 0).values()];
    return (count) => {
      const drawn: number[] = [];
      while (drawn.length < count) {
        const own = groups[Math.floor(random() * groups.length)] ?? [];
        const first = Math.floor(random() * Math.max(1, own.length - queriesPerAccount));
        drawn.push(...own.slice(first, first + Math.min(queriesPerAccount, count - drawn.length)));
      }
      return drawn;
    };
  };
}

function meanOf(embeddings: Float64Array, numbers: readonly number[]): Float64Array {
  const mean = new Float64Array(fourierFeatures);
  for (const number of numbers) {
    const offset = number * fourierFeatures;
    for (let feature = 0; feature < fourierFeatures; feature += 1)
      mean[feature] = (mean[feature] ?? 0) + (embeddings[offset + feature] ?? 0) / numbers.length;
  }
  return mean;
}
