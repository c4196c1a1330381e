import type { Thresholds } from '../model/config.ts';
import type { Level } from '../model/report.ts';
import { isAtLeast } from '../util/level.ts';
import type { Findings, InnocentCause } from './innocent.ts';

/**
 * `high`: two independent families and next to no chance of a coincidence. `medium`: two families with traffic that looks
 * like harvesting, or one where the members' pooled traffic works as one. `low`: a lead. Undefined: nothing to show. An
 * innocent cause that fits caps the level.
 */
export function levelOf(
  findings: Findings,
  causes: readonly InnocentCause[],
  thresholds: Thresholds,
): Level | undefined {
  const evident = levelOfEvidence(findings, thresholds);
  if (evident === undefined || causes.some((cause) => cause.highest === undefined)) return undefined;
  const level = causes.reduce<Level>((capped, cause) => lower(capped, cause.highest ?? capped), evident);
  return isAtLeast(level, thresholds.lowestLevel) ? level : undefined;
}

function levelOfEvidence(
  { cluster, extraction, expectedFalse, worksAsOne }: Findings,
  thresholds: Thresholds,
): Level | undefined {
  const { expectedFalseAtHigh, expectedFalseAtMedium, extractionAtMedium, isOneFamilyALead } = thresholds;
  const supported = cluster.families.filter((family) => family.isSupported);
  if (supported.length > 1 && expectedFalse < expectedFalseAtHigh) return 'high';
  const isMedium = extraction >= extractionAtMedium && expectedFalse < expectedFalseAtMedium;
  if (supported.length > 1) return isMedium ? 'medium' : 'low';
  // One family alone is everyday, unless all that the members do together looks like one hand.
  if (worksAsOne && expectedFalse < expectedFalseAtHigh) return 'medium';
  if (supported[0]?.family === 'identity') return 'low';
  return supported.length > 0 && isOneFamilyALead ? 'low' : undefined;
}

function lower(left: Level, right: Level): Level {
  return isAtLeast(left, right) ? right : left;
}
