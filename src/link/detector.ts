import type { z } from 'zod';
import type { RunContext } from '../engine/context.ts';
import type { Sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { EvidenceFacts } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Family } from '../model/report.ts';

/** What a detector works on. */
export interface DetectorContext extends RunContext {
  readonly calls: Calls;
  readonly features: AccountFeatures;
}

/** Parameters of a detector: numbers only, each with a default and a description that gives unit and reason. */
export type ParameterSchema = z.ZodObject<Record<string, z.ZodDefault<z.ZodNumber>>>;

/** One kind of evidence that accounts are under common control. A detector is one file and one line in the registry. */
export interface Detector {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  /** Why strangers rarely share this, and who does so innocently. */
  readonly rationale: string;
  readonly params: ParameterSchema;
  /** Columns without which it cannot run; of each inner list one is enough. */
  readonly needs: readonly (readonly CanonicalColumn[])[];
  /** Columns that it also uses where they are there. */
  readonly optional?: readonly CanonicalColumn[];
  /** Queries of an account that have to carry a value before it links the account: one call is one coincidence. */
  readonly fewestQueries: number;
  /**
   * Whom a value is weighed against: the entities that have any value of the detector (the default), or everybody, where
   * only what passed a test over all accounts is a value at all.
   */
  readonly population?: 'holders' | 'everybody';
  /** Whether unrelated customers of one product share this because the product makes it so. */
  readonly comesWithProduct?: boolean;
  /** A query for rows `(account INTEGER, value VARCHAR, queries DOUBLE)`, each pair once. */
  evidence(context: DetectorContext, parameters: Readonly<Record<string, number>>): Promise<Sql>;
  /** A sentence about a cluster, with its numbers. */
  explain(facts: EvidenceFacts): string;
  readonly innocentCauses: readonly string[];
}
