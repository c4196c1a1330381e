import type { ReportExhibits, ReportPopulation } from './exhibits.ts';

/** The whole result of a scan. Reports are pure functions of it; `run-report.schema.json` describes it to others. */
export interface RunReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'stillhunt'; readonly version: string; readonly configHash: string };
  /** Present where accounts, shared values and file names are aliases: 8 hexadecimal digits that tell their keys apart. */
  readonly redaction?: string;
  readonly inputs: readonly ReportInput[];
  /** First and last call, ISO 8601 in UTC; null without calls. */
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly totals: ReportTotals;
  readonly detectors: readonly ReportDetector[];
  /** What the whole log looks like, to hold clusters against; only where there are clusters. */
  readonly population?: ReportPopulation;
  readonly clusters: readonly ReportCluster[];
  /** How the program that wrote the report ended, and why; absent where a report was asked for in code. */
  readonly exitCode?: 0 | 1 | 3;
  readonly exitReason?: string;
}

export interface ReportInput {
  readonly path: string;
  readonly format: string;
  readonly preset: string | null;
  readonly bytes: number;
}

export interface ReportTotals {
  /** Rows in the input: those used, which are the queries unless rows are totals, and the rejected, duplicate and other ones. */
  readonly rowsRead: number;
  readonly queries: number;
  readonly accounts: number;
  readonly rejectedRows: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly duplicateRows: number;
  /** Those by what told that two rows are one call: `request_id` or `whole row`; left out where there are none. */
  readonly duplicateRowsBy?: Readonly<Record<string, number>>;
  /** Rows that are no calls of a model, such as top-ups or spans of tools, or outside the time asked for; left out where there are none. */
  readonly otherRows?: number;
  readonly suspectAccounts: number;
  readonly suspectQueries: number;
}

export interface DayCount {
  /** ISO 8601, UTC. */
  readonly day: string;
  readonly count: number;
}

export type Family = 'identity' | 'network' | 'content' | 'timing' | 'shape';

export interface ReportDetector {
  readonly id: string;
  readonly family: Family;
  readonly state: 'ran' | 'skipped';
  /** Why it was skipped: which columns are missing. */
  readonly reason?: string;
  /** Account-value links it gave. */
  readonly links: number;
}

export type Level = 'high' | 'medium' | 'low';

export interface ReportCluster {
  /** 1 is the strongest suspect. */
  readonly rank: number;
  /** `c-` and 12 hexadecimal digits of the SHA-256 of the sorted member ids. */
  readonly id: string;
  readonly level: Level;
  /** 0..1, what the ranking shows: see README, "How scores come about". */
  readonly score: number;
  /** 0..1, is this one hidden actor? */
  readonly coordination: number;
  /** 0..1, does the traffic look like harvesting? */
  readonly extraction: number;
  /** Clusters of this strength that chance alone would give in a run of this size. */
  readonly expectedFalse: number;
  readonly accounts: {
    readonly count: number;
    readonly core: number;
    readonly ids: readonly string[];
    /** Absent in runs that were saved before it was there. */
    readonly odds?: MemberOdds;
  };
  /** Members after declared entities are collapsed. */
  readonly entities: number;
  readonly queries: {
    readonly total: number;
    /** Queries that carry the cluster's strictest evidence; at least these are the campaign's. Absent in older runs. */
    readonly lower?: number;
    /** Queries that most likely are the campaign's; at most `total` are. */
    readonly attributed: number;
    readonly byDay: readonly DayCount[];
    readonly byModel: Readonly<Record<string, number>>;
  };
  readonly tokens: { readonly input: number; readonly output: number };
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** What a sample of its own prompts asked for; only where the log has prompts. */
  readonly asked?: AskedFor;
  /** What was targeted: where the log has prompts, capabilities and labels; signs of harvesting in the traffic. */
  readonly targets: readonly Share[];
  readonly evidence: readonly ReportEvidence[];
  readonly counterEvidence: readonly string[];
  readonly innocentCauses: readonly string[];
  /** What a picture of the cluster needs; only for the first clusters of a run. */
  readonly exhibits?: ReportExhibits;
  /** Present where the cluster is no news, so that it does not count for `--fail-on`. */
  readonly known?: KnownCluster;
  /** Present where the cluster is one part of a campaign: all its parts, and their accounts and attributed queries. */
  readonly campaign?: { readonly ranks: readonly number[]; readonly accounts: number; readonly queries: number };
}

/** A part of something, 0..1. */
export interface Share {
  readonly label: string;
  readonly share: number;
}

/** What prompts asked for, by the rules of the taxonomy. A label describes and never accuses. */
export interface AskedFor {
  /** Prompts that were looked at. */
  readonly prompts: number;
  /** Each prompt has one, which may be `other`; the largest share first. */
  readonly capabilities: readonly Share[];
  /** Ways of harvesting, which a prompt may have none of; the largest share first. */
  readonly labels: readonly Share[];
  /** Raw prompts: hostile and private. Only with `--show-text`. */
  readonly examples?: readonly string[];
}

/** Why each account is a member: it is one while the prior and its families add up to more than 0. */
export interface MemberOdds {
  /** ln(odds) that an account picked at random is a member, nats. */
  readonly prior: number;
  /** For each family, in the order of `ids`: ln(odds) of the account's evidence inside against outside, nats, to one decimal. */
  readonly families: Readonly<Partial<Record<Family, readonly number[]>>>;
}

/** Why a cluster is no news: it stood in the baseline run, or somebody has looked at it and written down why it may stay. */
export interface KnownCluster {
  readonly by: 'baseline' | 'suppression';
  /** The suppression's own words; left out where the report is redacted. */
  readonly reason?: string;
  /** Last day, UTC, on which the suppression holds. */
  readonly until?: string;
}

export interface ReportEvidence {
  readonly detector: string;
  readonly family: Family;
  /** 0..1 within its family. */
  readonly strength: number;
  /** Members it covers. */
  readonly accounts: number;
  /** A sentence with its numbers. */
  readonly summary: string;
  /** The strongest shared values, raw from the log: hostile text. */
  readonly examples: readonly string[];
}

/** One row of `--accounts FILE`. */
export interface AccountRow {
  readonly account_id: string;
  /** Empty where the account is in no cluster. */
  readonly cluster_id: string;
  readonly role: 'core' | 'fringe' | 'none';
  readonly queries: number;
  readonly attributed_queries: number;
  /** 0..1 */
  readonly suspicion: number;
}
