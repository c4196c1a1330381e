import type { Level } from '../model/report.ts';
import type { Findings, InnocentCause } from './innocent.ts';

/** Chance may give this many clusters of `high` in a run. */
const expectedFalseAtHigh = 0.01;

const order: readonly Level[] = ['low', 'medium', 'high'];

/**
 * `high`: two independent families and next to no chance of a coincidence. `medium`: two families, or one with traffic
 * that looks like harvesting. `low`: a lead. Undefined: nothing to show. An innocent cause that fits caps the level.
 */
export function levelOf(findings: Findings, causes: readonly InnocentCause[]): Level | undefined {
  const evident = levelOfEvidence(findings);
  if (evident === undefined || causes.some((cause) => cause.highest === undefined)) return undefined;
  return causes.reduce<Level>((level, cause) => lower(level, cause.highest ?? level), evident);
}

function levelOfEvidence({ cluster, extraction, support }: Findings): Level | undefined {
  const supported = cluster.families.filter((family) => family.isSupported).length;
  if (supported > 1 && cluster.expectedFalse < expectedFalseAtHigh) return 'high';
  if (supported > 1) return extraction >= 0.5 ? 'medium' : 'low';
  // One shared place or product is everyday; only sharing cards is a lead by itself.
  if (support('identity')?.isSupported === true) return extraction >= 0.5 ? 'medium' : 'low';
  return undefined;
}

function lower(left: Level, right: Level): Level {
  return order.indexOf(left) <= order.indexOf(right) ? left : right;
}
