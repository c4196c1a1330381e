import { type Scenario, scenarioParts } from './scenarios.ts';

export interface SimulateOptions {
  /** Where to write; must be empty or not there yet. */
  readonly directory: string;
  readonly scenario: Scenario;
  /** 1 is the disclosed case: about 24,000 fake accounts among 400,000. */
  readonly scale: number;
  readonly seed: number;
  /** Honest accounts; 400,000 times the scale by default. */
  readonly benignAccounts?: number;
  readonly format: 'parquet' | 'csv';
  /** How the campaigns hide; 0, the default, is not at all. */
  readonly evasion?: Evasion;
  /** Wordings of each campaign template; 1 by default. */
  readonly paraphrase?: number;
  /** Whether the files have the texts of prompts and system prompts in place of their hashes. */
  readonly text?: boolean;
  /** Columns that the files go without. */
  readonly without?: readonly string[];
}

/**
 * How far the campaigns hide, each level with all below it: 1 many proxies; 2 own residential addresses, and a third of
 * the templates behind popular products' prompts; 3 own cards and mail like anybody's, people's days and random turns;
 * 4 half as much again of other people's traffic, and salted prompts. What a harvest is does not change: one queue dealt
 * out, a few kinds of task, level loads, replacement of banned accounts.
 */
export const evasionLevels = [0, 1, 2, 3, 4] as const;

/** Wordings that a template can have. */
export const mostVariants = 1000;

export type Evasion = (typeof evasionLevels)[number];

/** Sizes of a world. */
export interface World {
  readonly seed: number;
  readonly benignAccounts: number;
  readonly campaigns: readonly CampaignSize[];
  readonly evasion: Evasion;
  readonly paraphrase: number;
  readonly relays: readonly RelaySize[];
  /** How many times more common look-alikes are than in an ordinary world. */
  readonly density: number;
  /** Whether there are look-alikes beyond those of an ordinary world. */
  readonly lookalikes: boolean;
}

export interface RelaySize {
  readonly label: string;
  /** Queries of an account that lives all month. */
  readonly queries: number;
}

export interface CampaignSize {
  readonly label: 'campaign-1' | 'campaign-2' | 'campaign-3' | 'network';
  readonly accounts: number;
  readonly queries: number;
  /** Proxy addresses the campaign calls from. */
  readonly addresses: number;
}

/** Days a world lasts, from `startDay`. */
export const days = 28;

/** First day of every world: a Monday. */
export const startDay = '2026-02-02';

/** Day on which a new model comes out. */
export const releaseDay = 15;

const fullSize = { benignAccounts: 400_000 } as const;

/** What was disclosed: 13.1 M, 3.4 M and 150 k queries, and a network of which each account sends 26 a day. */
const disclosed = [
  { label: 'campaign-1', accounts: 19_000, queries: 13_100_000, addresses: 2_000 },
  { label: 'campaign-2', accounts: 4_300, queries: 3_400_000, addresses: 900 },
  { label: 'campaign-3', accounts: 700, queries: 150_000, addresses: 120 },
  { label: 'network', accounts: 25_000, queries: 25_000 * 26 * days, addresses: 3_000 },
] as const;

const fewestAccounts = 5;
const fewestAddresses = 3;

/** A relay of six accounts was seen with 53,655 calls; from this scale on relays are as large as that. */
const relayQueries = 9_000;
const relayScale = 0.02;

/** The sizes of a world. */
export function worldOf(options: SimulateOptions): World {
  const { campaigns, relays, density, lookalikes } = scenarioParts[options.scenario];
  const scaled = (size: number, least: number) => Math.max(least, Math.round(size * options.scale));
  const chosen: readonly string[] = campaigns;
  return {
    seed: options.seed,
    evasion: options.evasion ?? 0,
    paraphrase: options.paraphrase ?? 1,
    benignAccounts: options.benignAccounts ?? scaled(fullSize.benignAccounts, 100),
    density,
    lookalikes,
    relays: Array.from({ length: relays }, (_, number) => ({
      label: `relay-${number + 1}`,
      queries: relayQueries * Math.min(1, options.scale / relayScale),
    })),
    campaigns: disclosed
      .filter(({ label }) => chosen.includes(label))
      .map(({ label, accounts, queries, addresses }) => {
        const size = scaled(accounts, fewestAccounts);
        // Where rounding up adds accounts, queries an account stay what they are.
        return {
          label,
          accounts: size,
          queries: (queries / accounts) * size,
          addresses: scaled(addresses, fewestAddresses),
        };
      }),
  };
}
