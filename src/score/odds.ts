import type { Cluster } from '../model/cluster.ts';
import type { MemberOdds } from '../model/report.ts';

/** Odds of some accounts of a cluster, given by the positions of their entities in it. */
export function memberOdds(cluster: Cluster, positions: readonly number[]): MemberOdds {
  const { families, familyLogOdds, logOdds } = cluster;
  const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
  const first = familyLogOdds.subarray(0, families.length).reduce((sum, value) => sum + value, 0);
  return {
    prior: oneDecimal((logOdds[0] ?? 0) - first),
    families: Object.fromEntries(
      families.map(({ family }, index) => [
        family,
        positions.map((position) => oneDecimal(familyLogOdds[position * families.length + index] ?? 0)),
      ]),
    ),
  };
}
