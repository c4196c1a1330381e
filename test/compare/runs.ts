import type { Level, ReportCluster, RunReport } from '../../src/model/report.ts';
import { fixture } from '../report/fixture.ts';

/** A run whose clusters have these members; ranks follow the order. */
export function runOf(
  clusters: readonly {
    readonly ids: readonly string[];
    readonly level?: Level;
    readonly detectors?: readonly string[];
  }[],
): RunReport {
  const [model] = fixture.clusters;
  if (model === undefined) throw new Error('the fixture has a cluster');
  return {
    ...fixture,
    clusters: clusters.map(
      ({ ids, level = 'high', detectors = ['shared-payment', 'shared-template'] }, position): ReportCluster => ({
        ...model,
        rank: position + 1,
        id: `c-${String(ids.length).padStart(6, '0')}${String(position).padStart(6, '0')}`,
        level,
        accounts: { ...model.accounts, count: ids.length, core: 0, ids: [...ids].sort() },
        evidence: detectors.flatMap((detector) => {
          const [item] = model.evidence;
          return item === undefined ? [] : [{ ...item, detector }];
        }),
      }),
    ),
  };
}

/** `count` accounts named after a letter. */
export const named = (letter: string, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, position) => `${letter}${String(from + position).padStart(2, '0')}`);
