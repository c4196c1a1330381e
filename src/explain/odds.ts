import type { Family, ReportCluster } from '../model/report.ts';

/** Why one account is in a cluster: it is while `prior` and `families` add up to more than 0. */
export interface AccountOdds {
  readonly prior: number;
  /** What speaks for it first. */
  readonly families: readonly (readonly [Family, number])[];
  readonly sum: number;
}

/** The odds of a member, or undefined where the run does not have them. */
export function oddsOf({ accounts }: ReportCluster, id: string): AccountOdds | undefined {
  const position = accounts.ids.indexOf(id);
  if (accounts.odds === undefined || position < 0) return undefined;
  const { prior, families } = accounts.odds;
  const own = Object.entries(families)
    .map(([family, values]): [Family, number] => [family as Family, values?.[position] ?? 0])
    .sort(([left, one], [right, other]) => other - one || (left < right ? -1 : 1));
  return { prior, families: own, sum: own.reduce((sum, [, value]) => sum + value, prior) };
}

/**
 * The fewest families, strongest first, without which the odds would no longer speak for membership. A family that is gone
 * speaks neither for nor against.
 */
export function neededFamilies({ families, sum }: AccountOdds): Family[] {
  const needed: Family[] = [];
  let rest = sum;
  for (const [family, value] of families) {
    if (rest <= 0 || value <= 0) break;
    needed.push(family);
    rest -= value;
  }
  return needed;
}
