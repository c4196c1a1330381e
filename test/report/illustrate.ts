import type { ReportExhibits, ReportPopulation } from '../../src/model/exhibits.ts';
import type { ReportCluster, RunReport } from '../../src/model/report.ts';
import { seededRandom } from '../../src/util/random.ts';

const slots = 56;
const membersShown = 48;
const random = seededRandom(5);

const counts = (length: number): number[] => Array.from({ length }, () => 1 + Math.floor(1000 * random()));
const digits = (length: number): string => Array.from({ length }, () => Math.floor(10 * random())).join('');
const days = Array.from({ length: 28 }, (_, day) => new Date(Date.UTC(2026, 1, 2 + day)).toISOString().slice(0, 10));

const population: ReportPopulation = {
  byDay: days.map((day) => ({ day, count: 500_000 })),
  byHourOfDay: counts(24),
  axis: { from: '2026-02-02T00:00:00.000Z', slotHours: 12, slots },
  activity: digits(slots),
  releases: [{ model: 'large-5', day: '2026-02-12' }],
  inputTokens: { firstBin: 4, counts: counts(24) },
  outputTokens: { firstBin: 2, counts: counts(26) },
};

function exhibits({ accounts, evidence }: ReportCluster): ReportExhibits {
  const members = accounts.ids.slice(0, membersShown);
  return {
    byHourOfDay: counts(24),
    activity: digits(slots),
    inputTokens: { firstBin: 10, counts: counts(12) },
    outputTokens: { firstBin: 12, counts: counts(10) },
    lastRefusals: [{ day: '2026-02-20', count: 3 }],
    members: members.map((id, member) => ({
      id,
      role: member % 3 === 0 ? 'fringe' : 'core',
      queries: 900,
      attributed: 800,
      activity: digits(slots),
      requests: [`req-${member}`],
    })),
    values: evidence.flatMap(({ detector }) =>
      Array.from({ length: 6 }, (_, value) => ({
        detector,
        text: `${detector}:${value}`,
        accounts: 5,
        outsiders: value,
        use: digits(members.length),
      })),
    ),
  };
}

/** A report with exhibits of each of its clusters; what they show is made up. */
export function illustrate(report: RunReport): RunReport {
  return {
    ...report,
    population,
    clusters: report.clusters.map((cluster) => ({ ...cluster, exhibits: exhibits(cluster) })),
  };
}

/** The largest run that the page is made for: 25,000 accounts in 250 clusters, the first 20 with exhibits. */
export function largeRun(report: RunReport): RunReport {
  const sizes = [14_000, 4300, 700, ...Array.from({ length: 247 }, (_, rank) => 18 + (rank % 12))];
  const clusters = sizes.map((size, rank): ReportCluster => {
    const model = report.clusters[Math.min(rank, report.clusters.length - 1)];
    if (model === undefined) throw new Error('the report has no cluster to copy');
    const ids = Array.from(
      { length: size },
      (_, member) => `acct_${(rank * 1e6 + member).toString(16).padStart(16, '0')}`,
    );
    const id = `c-${rank.toString(16).padStart(12, '0')}`;
    return { ...model, rank: rank + 1, id, accounts: { count: size, core: size, ids } };
  });
  const drawn = illustrate({ ...report, clusters: clusters.slice(0, 20) });
  return { ...drawn, clusters: [...drawn.clusters, ...clusters.slice(20)] };
}
