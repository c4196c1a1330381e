import { mean, quantileRankSorted, standardDeviation } from 'simple-statistics';
import type { AccountFeatures } from '../model/features.ts';
import { float64Column } from '../util/arrow.ts';

/** Accounts with fewer queries say little about the shape of their traffic. */
const fewestQueries = 20;

/** Account features as typed arrays by account number; zeros where the log lacks the column. */
export interface AccountColumns {
  readonly queries: Float64Array;
  readonly inputTokens: Float64Array;
  readonly outputTokens: Float64Array;
  readonly cachedTokens: Float64Array;
  readonly meanLogInput: Float64Array;
  readonly meanLogOutput: Float64Array;
  readonly activeDays: Float64Array;
  readonly firstSeenMs: Float64Array;
  readonly lastSeenMs: Float64Array;
  readonly createdAtMs: Float64Array;
  /** The account's first and last model by name, as one text. */
  readonly models: (account: number) => string;
  readonly has: (column: string) => boolean;
}

export function accountColumns({ table }: AccountFeatures): AccountColumns {
  const first = table.getChild('first_model');
  const last = table.getChild('last_model');
  return {
    queries: float64Column(table, 'queries'),
    inputTokens: float64Column(table, 'input_tokens'),
    outputTokens: float64Column(table, 'output_tokens'),
    cachedTokens: float64Column(table, 'cached_tokens'),
    meanLogInput: float64Column(table, 'mean_log_input'),
    meanLogOutput: float64Column(table, 'mean_log_output'),
    activeDays: float64Column(table, 'active_days'),
    firstSeenMs: float64Column(table, 'first_seen_ms'),
    lastSeenMs: float64Column(table, 'last_seen_ms'),
    createdAtMs: float64Column(table, 'created_at_ms'),
    models: (account) => `${first?.get(account) ?? ''} ${last?.get(account) ?? ''}`,
    has: (column) => table.getChild(column) !== null,
  };
}

/** What accounts of the whole log look like, to hold clusters against. Only accounts with at least 20 queries count. */
export interface Population {
  /** Mean ln(1 + output tokens) of each account, sorted. */
  readonly meanLogOutput: number[];
  /** Standard deviation between accounts of the same, nats. */
  readonly spreadLogOutput: number;
  /** Tokens read from cache over input tokens, of each account, sorted. */
  readonly cachedShare: number[];
  readonly medianQueries: number;
}

export function describePopulation(columns: AccountColumns): Population {
  const accounts = [...columns.queries.keys()].filter((account) => (columns.queries[account] ?? 0) >= fewestQueries);
  const outputs = accounts.map((account) => columns.meanLogOutput[account] ?? 0).sort((a, b) => a - b);
  const queries = Float64Array.from(columns.queries).sort();
  return {
    meanLogOutput: outputs,
    spreadLogOutput: outputs.length > 1 ? standardDeviation(outputs) : 0,
    cachedShare: accounts.map((account) => cachedShare(columns, account)).sort((a, b) => a - b),
    medianQueries: queries[queries.length >> 1] ?? 0,
  };
}

/** Account-level figures of a cluster. */
export interface Traffic {
  /** Share of the population's accounts, 0..1, that answer shorter than the cluster's mean. */
  readonly outputRank: number;
  /** Spread of members' mean output length over the population's, 0 = clones, 1 = as different as strangers. */
  readonly diversity: number;
  /** Share of the population's accounts, 0..1, that use the cache less. */
  readonly cacheRank: number;
  readonly queriesPerAccount: number;
  readonly daysPerAccount: number;
}

export function describeTraffic(columns: AccountColumns, population: Population, accounts: Int32Array): Traffic {
  const busy = accounts.filter((account) => (columns.queries[account] ?? 0) >= fewestQueries);
  const outputs = [...(busy.length > 1 ? busy : accounts)].map((account) => columns.meanLogOutput[account] ?? 0);
  const total = (column: Float64Array) => accounts.reduce((sum, account) => sum + (column[account] ?? 0), 0);
  return {
    outputRank: rank(population.meanLogOutput, mean(outputs)),
    diversity: Math.min(1, standardDeviation(outputs) / Math.max(1e-9, population.spreadLogOutput)),
    cacheRank: rank(population.cachedShare, total(columns.cachedTokens) / Math.max(1, total(columns.inputTokens))),
    queriesPerAccount: total(columns.queries) / accounts.length,
    daysPerAccount: total(columns.activeDays) / accounts.length,
  };
}

function cachedShare(columns: AccountColumns, account: number): number {
  return (columns.cachedTokens[account] ?? 0) / Math.max(1, columns.inputTokens[account] ?? 0);
}

function rank(sorted: number[], value: number): number {
  return sorted.length === 0 ? 0.5 : quantileRankSorted(sorted, value);
}
