import type { KnownCluster, ReportCluster, RunReport } from '../model/report.ts';
import type { Suppression } from '../model/suppression.ts';
import { isAtLeast } from '../util/level.ts';
import { matches, requireSameNames } from './compare.ts';

/** The report with clusters marked that the baseline has as well, at the same level or a higher one. */
export function markBaseline(report: RunReport, baseline: RunReport): RunReport {
  requireSameNames(baseline, report);
  const known = new Set<ReportCluster>();
  for (const [old, cluster] of matches(baseline.clusters, report.clusters)) {
    if (isAtLeast(old.level, cluster.level)) known.add(cluster);
  }
  return mark(report, (cluster) => (known.has(cluster) ? { by: 'baseline' } : undefined));
}

/** Fewer accounts than this are no network. */
const smallestNetwork = 3;

/**
 * The report with clusters marked that suppressions cover, and the suppressions that had a part in it. A cluster is covered
 * by its id; by accounts if fewer than three members are left without them; by detectors if no other one has evidence.
 */
export function markSuppressed(
  report: RunReport,
  suppressions: readonly Suppression[],
): { readonly report: RunReport; readonly used: ReadonlySet<Suppression> } {
  const used = new Set<Suppression>();
  const marked = mark(report, (cluster) => {
    const covering = coveringOf(cluster, suppressions);
    for (const suppression of covering) used.add(suppression);
    const [first] = [...covering].sort((left, right) => (left.until < right.until ? -1 : 1));
    return first === undefined ? undefined : { by: 'suppression', reason: first.reason, until: first.until };
  });
  return { report: marked, used };
}

function coveringOf(cluster: ReportCluster, suppressions: readonly Suppression[]): readonly Suppression[] {
  const byCluster = suppressions.filter((one) => one.cluster === cluster.id);
  if (byCluster.length > 0) return byCluster;
  const ids = new Set(cluster.accounts.ids);
  const byAccount = suppressions.filter((one) => one.account !== undefined && ids.has(one.account));
  if (byAccount.length > 0 && ids.size - new Set(byAccount.map((one) => one.account)).size < smallestNetwork)
    return byAccount;
  const detectors = new Set(cluster.evidence.map(({ detector }) => detector));
  const byDetector = suppressions.filter((one) => one.detector !== undefined && detectors.has(one.detector));
  return detectors.size > 0 && new Set(byDetector.map((one) => one.detector)).size === detectors.size ? byDetector : [];
}

function mark(report: RunReport, knownBy: (cluster: ReportCluster) => KnownCluster | undefined): RunReport {
  const clusters = report.clusters.map((cluster) => {
    const known = cluster.known ?? knownBy(cluster);
    return known === undefined ? cluster : { ...cluster, known };
  });
  return { ...report, clusters };
}
