import type { CanonicalColumn } from './column.ts';
import type { Level } from './report.ts';

/** Where the lines between levels lie. */
export interface Thresholds {
  /** Clusters of this strength that chance may give in a run, below which two families are `high`. */
  readonly expectedFalseAtHigh: number;
  /** The same for `medium`. */
  readonly expectedFalseAtMedium: number;
  /** Extraction score, 0..1, from which on a cluster can be `medium`. */
  readonly extractionAtMedium: number;
  /** Whether one family other than identity is a lead: a shared place or product, which is everyday. */
  readonly isOneFamilyALead: boolean;
  /** Clusters below this level are left out. */
  readonly lowestLevel: Level;
}

/** Paths of the files that tell what the log does not. */
export interface SideFiles {
  /** What is known of accounts: payment, mail, plan and the like. */
  readonly join: readonly string[];
  /** Entities that say that their accounts belong together. */
  readonly declared?: string;
  /** When which model came out. */
  readonly releases?: string;
  /** When which account was banned. */
  readonly bans?: string;
}

/** The time to look at; all of it where nothing is set. Milliseconds since 1970 UTC, the end not included. */
export interface Period {
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Up to the last call, or to `untilMs`. */
  readonly lastSeconds?: number;
}

/** Everything that shapes a scan's result or its use of the machine, resolved and checked. */
export interface Config {
  /** Version of stillhunt, for the report. */
  readonly version: string;
  /** 12 hexadecimal digits over everything here that can change a result. */
  readonly configHash: string;
  /** Presets that the inputs may be read with, as names or files, and no others; empty: all that are known. */
  readonly presets: readonly string[];
  /** Which of a preset's accounts counts; undefined: the first that a row has. */
  readonly account: string | undefined;
  /** Source column for a canonical one, as given by `--map canonical=source`; wins over names and aliases. */
  readonly map: ReadonlyMap<CanonicalColumn, string>;
  /** Zone of timestamps without an offset, an IANA name. */
  readonly inputTimeZone: string;
  /** Read CSV row by row with a forgiving parser instead of the engine's own. */
  readonly tolerant: boolean;
  /** Count calls that come in several files as often as they come. */
  readonly keepDuplicates: boolean;
  /** Share of rejected rows, 0..1, above which the run counts as failed. */
  readonly maxRejectRate: number;
  /** Ids of detectors that are switched off. */
  readonly disabledDetectors: ReadonlySet<string>;
  /** Changed parameters by detector id; the rest keep their defaults. */
  readonly detectorParameters: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Seed of everything random, so that the same input gives the same bytes. */
  readonly seed: number;
  readonly thresholds: Thresholds;
  /** Whether reports carry some raw prompts. It changes nothing that is found. */
  readonly showsText: boolean;
  readonly period: Period;
  /** Small CSV files beside the log. */
  readonly sideFiles: SideFiles;
  readonly threads: number;
  readonly memoryLimit: string;
  readonly tempDirectory: string;
}
