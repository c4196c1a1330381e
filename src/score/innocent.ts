import type { Cluster, FamilySupport } from '../model/cluster.ts';
import type { DetectorRun } from '../model/evidence.ts';
import type { AskedFor, Family, Level } from '../model/report.ts';
import type { ExtractionSign } from './extraction.ts';
import type { PooledVerdict } from './pooled/verdict.ts';
import { type Profile, sharesPrompts } from './profile.ts';
import type { DetectorShare } from './shared-values.ts';
import type { Traffic } from './traffic.ts';

/** Everything that is known of a cluster when its level is decided. */
export interface Findings {
  readonly cluster: Cluster;
  /** Account numbers of the members, sorted. */
  readonly accounts: Int32Array;
  readonly shares: readonly DetectorShare[];
  /** The detectors that `shares` numbers. */
  readonly runs: readonly DetectorRun[];
  readonly traffic: Traffic;
  readonly profile: Profile;
  readonly extraction: number;
  /** What its prompts asked for; undefined where the log has none. */
  readonly asked: AskedFor | undefined;
  /** Signs of harvesting, 0..1 each. */
  readonly signs: readonly ExtractionSign[];
  readonly support: (family: Family) => FamilySupport | undefined;
  /** What its pooled traffic says against draws of outsiders. */
  readonly pooled: PooledVerdict;
  /** Whether it works as one by these tests, and does not ask the same things again and again. */
  readonly worksAsOne: boolean;
  /** Clusters of this strength that chance alone would give in the run. */
  readonly expectedFalse: number;
}

/** An innocent story about a cluster. Where it fits it is told, and it holds the level down to what the story leaves open. */
export interface InnocentCause {
  readonly id: string;
  readonly text: string;
  readonly fits: (findings: Findings) => boolean;
  /** Highest level that a cluster with this story can have; undefined: not reported at all. */
  readonly highest: Level | undefined;
}

const nearlyAll = 0.9;

/** People; more than that on one card are a firm. */
const largestHousehold = 6;

/** Where nearly all members, or all but one, share one single value, it is a place or a payer: what else they share may come with it. */
function sharesOne(support: FamilySupport | undefined): boolean {
  if (support?.isSupported !== true) return false;
  return support.topShare >= nearlyAll || support.present * (1 - support.topShare) < 1.5;
}

/** People, rather than workers of one queue: different answers, or quiet nights, and loads and births like strangers'. */
function looksHuman({ traffic, extraction, worksAsOne }: Findings): boolean {
  return !worksAsOne && (traffic.diversity > 0.5 || extraction < 0.5);
}

/** Whether the families that hold a cluster together are all among these. */
function heldBy({ cluster }: Findings, ...families: readonly Family[]): boolean {
  return cluster.families.every((family) => !family.isSupported || families.includes(family.family));
}

/** Whether what holds most of a cluster together comes with a product: its prompts, its client, the shape of its calls. */
function comesWithProduct({ shares, accounts, runs }: Findings): boolean {
  return shares.every(
    (share) => share.accounts * 2 < accounts.length || runs[share.detector]?.comesWithProduct === true,
  );
}

/** Users of one product may share all that comes with it, but have work of their own. */
function isOneProduct(findings: Findings): boolean {
  return comesWithProduct(findings) && !findings.worksAsOne && !findings.pooled.isInterchangeable;
}

export const innocentCauses: readonly InnocentCause[] = [
  {
    id: 'household',
    text: 'a household or a small team: a handful of accounts on one card',
    fits: ({ cluster, support }) =>
      cluster.entities.length <= largestHousehold &&
      sharesOne(support('identity')) &&
      support('content')?.isSupported !== true &&
      support('timing')?.isSupported !== true,
    highest: undefined,
  },
  {
    id: 'flat-share',
    text: 'a household or a small team with several cards: a handful of people who share cards and places, and no work',
    fits: (findings) =>
      findings.cluster.entities.length <= largestHousehold &&
      heldBy(findings, 'identity', 'network') &&
      !findings.worksAsOne,
    highest: 'low',
  },
  {
    id: 'classroom',
    text: 'a course or a workshop: one place, one assignment, the same prompts from many people',
    fits: (findings) => sharesOne(findings.support('network')) && sharesPrompts(findings.profile),
    highest: 'low',
  },
  {
    id: 'office',
    text: 'an office, a campus or an event: one address, and people who share nothing else or differ in what they do',
    fits: (findings) => sharesOne(findings.support('network')) && (looksHuman(findings) || heldBy(findings, 'network')),
    highest: 'low',
  },
  {
    id: 'vendor',
    text: 'a vendor that runs its product for many clients: its prompts and its machines, but different work',
    fits: (findings) =>
      findings.support('identity')?.isSupported !== true &&
      findings.support('timing')?.isSupported !== true &&
      looksHuman(findings),
    highest: 'low',
  },
  {
    id: 'crowd',
    text: 'a crowd at one event or with one product: they send the same prompts, and their calls differ as those of strangers do',
    fits: ({ pooled }) => pooled.actsAsCrowd,
    highest: 'low',
  },
  {
    id: 'one-payer',
    text: 'a firm that pays for its people with one card and has not said so',
    fits: (findings) => sharesOne(findings.support('identity')) && looksHuman(findings),
    highest: 'medium',
  },
  {
    id: 'popular-product',
    text: 'users of one product, whose traffic is everyday',
    fits: (findings) => isOneProduct(findings) && findings.extraction < 0.5,
    highest: undefined,
  },
  {
    id: 'product',
    text: 'users of one product, who share its prompts, its client or the shape of its calls, and nothing else',
    fits: isOneProduct,
    highest: 'low',
  },
];
