import type { DayCount } from './report.ts';

/** All calls of the log. */
export interface ReportPopulation {
  readonly byDay: readonly DayCount[];
  /** Calls in each hour of the day UTC, 24 numbers. */
  readonly byHourOfDay: readonly number[];
  /** The slots that every `activity` of the run is given in. */
  readonly axis: TimeAxis;
  /** One digit a slot, in proportion to the square root of its calls: 0 for none, 9 for the busiest. */
  readonly activity: string;
  /** Models that were not used at all before, and then much, with the day of their first call. */
  readonly releases: readonly { readonly model: string; readonly day: string }[];
  /** Absent where the log has no such column. */
  readonly inputTokens?: TokenHistogram;
  readonly outputTokens?: TokenHistogram;
}

/** Slots of equal length from midnight UTC of the first day on. */
export interface TimeAxis {
  /** ISO 8601, UTC. */
  readonly from: string;
  readonly slotHours: number;
  readonly slots: number;
}

/** Calls by tokens: bin b holds calls with 2^(b/2) <= 1 + tokens < 2^((b+1)/2). */
export interface TokenHistogram {
  readonly firstBin: number;
  readonly counts: readonly number[];
}

/** What can be shown of a cluster; its size does not grow with the cluster. */
export interface ReportExhibits {
  readonly byHourOfDay: readonly number[];
  /** Of all members together, as in `ReportPopulation`. */
  readonly activity: string;
  readonly inputTokens?: TokenHistogram;
  readonly outputTokens?: TokenHistogram;
  /** Members whose last call was refused (401 or 403), by the day of that call. Absent where the log has no status. */
  readonly lastRefusals?: readonly DayCount[];
  /** In order of their first call: all, or half those with most attributed queries and half spread evenly over the rest. */
  readonly members: readonly ExhibitMember[];
  /** For each detector, the values that tie most of these members together. */
  readonly values: readonly ExhibitValue[];
}

export interface ExhibitMember {
  readonly id: string;
  readonly role: 'core' | 'fringe';
  readonly queries: number;
  readonly attributed: number;
  /** One digit a slot, on one scale for all members of the cluster. */
  readonly activity: string;
  /** Ids of some of its requests, those of the campaign first, raw from the log: hostile text. Absent where the log has none. */
  readonly requests?: readonly string[];
}

export interface ExhibitValue {
  readonly detector: string;
  /** Raw from the log: hostile text. */
  readonly text: string;
  /** Members, and accounts outside, that use it. */
  readonly accounts: number;
  readonly outsiders: number;
  /** One digit for each of `members`: the square root of the share of its queries that carry the value, 0 none, 9 all. */
  readonly use: string;
}
