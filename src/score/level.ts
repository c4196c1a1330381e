import type { Thresholds } from '../model/config.ts';
import type { Level } from '../model/report.ts';
import type { Findings, InnocentCause } from './innocent.ts';

const order: readonly Level[] = ['low', 'medium', 'high'];

/**
 * `high`: two independent families and next to no chance of a coincidence. `medium`: two families, or one with traffic
 * that looks like harvesting. `low`: a lead. Undefined: nothing to show. An innocent cause that fits caps the level.
 */
export function levelOf(
  findings: Findings,
  causes: readonly InnocentCause[],
  thresholds: Thresholds,
): Level | undefined {
  const evident = levelOfEvidence(findings, thresholds);
  if (evident === undefined || causes.some((cause) => cause.highest === undefined)) return undefined;
  const level = causes.reduce<Level>((capped, cause) => lower(capped, cause.highest ?? capped), evident);
  return lower(level, thresholds.lowestLevel) === thresholds.lowestLevel ? level : undefined;
}

function levelOfEvidence({ cluster, extraction, support }: Findings, thresholds: Thresholds): Level | undefined {
  const { expectedFalseAtHigh, extractionAtMedium, isOneFamilyALead } = thresholds;
  const harvesting = extraction >= extractionAtMedium ? 'medium' : 'low';
  const supported = cluster.families.filter((family) => family.isSupported).length;
  if (supported > 1 && cluster.expectedFalse < expectedFalseAtHigh) return 'high';
  if (supported > 1) return harvesting;
  // One shared place or product is everyday; only sharing cards is a lead by itself.
  if (support('identity')?.isSupported === true) return harvesting;
  return supported > 0 && isOneFamilyALead ? 'low' : undefined;
}

function lower(left: Level, right: Level): Level {
  return order.indexOf(left) <= order.indexOf(right) ? left : right;
}
