import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { type Cluster, smallestCluster } from '../../model/cluster.ts';
import type { AccountColumns } from '../traffic.ts';
import type { AccountValue, PooledResult } from './test.ts';
import { rejection } from './verdict.ts';

/** A stranger may be unlike the members in one thing by chance; one thing must neither make nor break a member. */
const mostNats = 4;

/** A normal distribution of the same median and median absolute deviation has this many times the deviation. */
const deviationOfNormal = 1.4826;

/**
 * A cluster without the accounts that are in it by coincidence. Where a pooled test shows that members are alike in
 * something, an account's own value is held against the members' and against everybody's (normal densities, robustly
 * fitted), and its odds change accordingly; who falls below even odds leaves. Undefined where too few are left.
 */
export function peel(cluster: Cluster, columns: AccountColumns, results: readonly PooledResult[]): Cluster | undefined {
  const accounts = [...cluster.entities];
  const gains = results
    .filter((result) => result.pValue < rejection)
    .flatMap(({ test }) => test.values?.(columns) ?? [])
    .map((value) => gainOf(accounts.map(value), value, columns));
  const kept = accounts.map((account, position) => {
    const sum = gains.reduce((total, gain) => total + gain(account), cluster.logOdds[position] ?? 0);
    return sum > 0;
  });
  const left = kept.filter(Boolean).length;
  if (left < smallestCluster) return undefined;
  return left === kept.length ? cluster : keep(cluster, kept);
}

function gainOf(inside: readonly (number | undefined)[], value: AccountValue, columns: AccountColumns) {
  const members = fitNormal(inside);
  const everybody = fitNormal(Array.from(columns.queries.keys(), value));
  return (account: number): number => {
    const own = value(account);
    if (own === undefined || members === undefined || everybody === undefined) return 0;
    const nats = logDensity(own, members) - logDensity(own, everybody);
    return Math.min(mostNats, Math.max(-mostNats, nats));
  };
}

interface Normal {
  readonly middle: number;
  readonly deviation: number;
}

function fitNormal(values: readonly (number | undefined)[]): Normal | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < 3) return undefined;
  return { middle: median(known), deviation: deviationOfNormal * medianAbsoluteDeviation(known) + 1e-3 };
}

function logDensity(value: number, { middle, deviation }: Normal): number {
  return -(((value - middle) / deviation) ** 2) / 2 - Math.log(deviation);
}

function keep(cluster: Cluster, kept: readonly boolean[]): Cluster {
  const familyCount = cluster.families.length;
  return {
    ...cluster,
    entities: cluster.entities.filter((_, position) => kept[position]),
    core: cluster.core.filter((_, position) => kept[position]),
    logOdds: cluster.logOdds.filter((_, position) => kept[position]),
    familyLogOdds: cluster.familyLogOdds.filter((_, position) => kept[Math.floor(position / familyCount)]),
  };
}
