import { describe, expect, it } from 'vitest';
import { markBaseline, markSuppressed } from '../../src/compare/known.ts';
import type { RunReport } from '../../src/model/report.ts';
import { named, runOf } from './runs.ts';

const known = ({ clusters }: RunReport) => clusters.map((cluster) => cluster.known?.by);
const until = '2027-01-31';
const a = named('a', 0, 6);
const b = named('b', 0, 6);

describe('the baseline', () => {
  it('makes clusters known that it has, grown or not, and no others', () => {
    const baseline = runOf([{ ids: a }]);
    expect(known(markBaseline(runOf([{ ids: [...a, 'x', 'y'] }, { ids: b }]), baseline))).toEqual([
      'baseline',
      undefined,
    ]);
  });

  it('does not hide that a cluster rose to a higher level', () => {
    const baseline = runOf([{ ids: a, level: 'low' }]);
    expect(known(markBaseline(runOf([{ ids: a, level: 'high' }]), baseline))).toEqual([undefined]);
  });
});

describe('a suppression', () => {
  const run = runOf([{ ids: a }, { ids: b, detectors: ['shared-address'] }]);
  const [first, second] = run.clusters;

  it.each([
    ['of a cluster', [{ cluster: first?.id, reason: 'r', until }], ['suppression', undefined], 1],
    [
      'of a detector that gives all evidence',
      [{ detector: 'shared-address', reason: 'r', until }],
      [undefined, 'suppression'],
      1,
    ],
    [
      'of a detector that gives part of it',
      [{ detector: 'shared-payment', reason: 'r', until }],
      [undefined, undefined],
      0,
    ],
    [
      'of accounts that leave a network',
      a.slice(0, 3).map((account) => ({ account, reason: 'r', until })),
      [undefined, undefined],
      0,
    ],
    [
      'of accounts that leave none',
      a.slice(0, 4).map((account) => ({ account, reason: 'r', until })),
      ['suppression', undefined],
      4,
    ],
    ['of another cluster', [{ cluster: 'c-ffffffffffff', reason: 'r', until }], [undefined, undefined], 0],
  ])('%s', (_name, suppressions, expected, used) => {
    const marked = markSuppressed(run, suppressions);
    expect(known(marked.report)).toEqual(expected);
    expect(marked.used.size).toBe(used);
  });

  it('brings its reason and its last day, the earliest of several', () => {
    const suppressions = [
      { cluster: second?.id, reason: 'later', until },
      { cluster: second?.id, reason: 'sooner', until: '2026-12-01' },
    ];
    expect(markSuppressed(run, suppressions).report.clusters[1]?.known).toEqual({
      by: 'suppression',
      reason: 'sooner',
      until: '2026-12-01',
    });
  });
});
