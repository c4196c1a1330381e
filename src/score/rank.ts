import type { Thresholds } from '../model/config.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Level, ReportCluster, Share } from '../model/report.ts';
import type { AccountVerdict, Scored } from '../model/scored.ts';
import { int32Column } from '../util/arrow.ts';
import { clusterId } from '../util/cluster-id.ts';
import { groupBy } from '../util/group.ts';
import { levels } from '../util/level.ts';
import { count } from '../util/text.ts';
import { accountIds } from './account-ids.ts';
import { coordinationScore } from './coordination.ts';
import { clusterEvidence, counterEvidence } from './evidence.ts';
import { type Findings, innocentCauses } from './innocent.ts';
import { levelOf } from './level.ts';
import { memberOdds } from './odds.ts';
import { pooledCounterEvidence, pooledEvidence } from './pooled/evidence.ts';
import type { Attributed } from './shared-values.ts';
import type { AccountColumns } from './traffic.ts';

type Unranked = Omit<ReportCluster, 'rank'>;

/** Gives each cluster its level, its words and its place; `attributed` has the queries of an account's campaign stream. */
export function rank(
  features: AccountFeatures,
  evidence: Evidence,
  columns: AccountColumns,
  findings: readonly Findings[],
  attributed: ReadonlyMap<number, Attributed>,
  thresholds: Thresholds,
): Scored {
  const entityOfAccount = int32Column(features.table, 'entity');
  const population = new Set(entityOfAccount).size;
  const clusters: Unranked[] = [];
  const accounts: AccountVerdict[] = [];
  for (const finding of findings) {
    const causes = innocentCauses.filter((cause) => cause.fits(finding));
    const level = levelOf(finding, causes, thresholds);
    if (level === undefined) continue;
    const verdicts = judgeAccounts(finding, entityOfAccount, columns, attributed);
    const cluster = describe(finding, level, features, evidence, columns, population, verdicts);
    clusters.push({
      ...cluster,
      accounts: { ...cluster.accounts, odds: memberOdds(finding.cluster, positionsByName(finding, features)) },
      innocentCauses: [
        ...declaredCauses(features, finding),
        ...causes.map((cause) => cause.text),
        ...detectorCauses(evidence, finding),
      ],
    });
    accounts.push(...verdicts.map((verdict) => ({ ...verdict, clusterId: cluster.id })));
  }
  clusters.sort(byLevelThenQueries);
  accounts.sort((left, right) => left.account - right.account);
  return { clusters: clusters.map((cluster, position) => ({ rank: position + 1, ...cluster })), accounts };
}

function byLevelThenQueries(left: Unranked, right: Unranked): number {
  return (
    levels.indexOf(right.level) - levels.indexOf(left.level) ||
    right.queries.attributed - left.queries.attributed ||
    right.accounts.count - left.accounts.count ||
    (left.id < right.id ? -1 : 1)
  );
}

/** Without a stream of its own, everything that a cluster's accounts send counts as the campaign's. */
function judgeAccounts(
  { cluster, accounts, support }: Findings,
  entityOfAccount: Int32Array,
  columns: AccountColumns,
  attributed: ReadonlyMap<number, Attributed>,
): Omit<AccountVerdict, 'clusterId'>[] {
  const position = new Map([...cluster.entities].map((entity, index) => [entity, index]));
  const hasStream = (['content', 'shape', 'network'] as const).some((family) => support(family)?.isSupported === true);
  return [...accounts].map((account) => {
    const index = position.get(entityOfAccount[account] ?? -1) ?? 0;
    return {
      account,
      role: cluster.core[index] === 1 ? 'core' : 'fringe',
      lowerQueries: hasStream ? (attributed.get(account)?.lower ?? 0) : 0,
      attributedQueries: hasStream ? (attributed.get(account)?.expected ?? 0) : (columns.queries[account] ?? 0),
      suspicion: 1 / (1 + Math.exp(-(cluster.logOdds[index] ?? 0))),
    };
  });
}

function describe(
  finding: Findings,
  level: Level,
  features: AccountFeatures,
  evidence: Evidence,
  columns: AccountColumns,
  population: number,
  verdicts: readonly Omit<AccountVerdict, 'clusterId'>[],
): Omit<Unranked, 'innocentCauses'> {
  const { cluster, accounts, profile, shares, asked } = finding;
  const extraction = withLabels(finding);
  const ids = accountIds(features, accounts);
  const total = (column: Float64Array) => accounts.reduce((sum, account) => sum + (column[account] ?? 0), 0);
  const coordination = coordinationScore(cluster, population);
  return {
    id: clusterId(ids),
    level,
    score: 0.7 * coordination + 0.3 * extraction,
    coordination,
    extraction,
    expectedFalse: finding.expectedFalse,
    accounts: { count: ids.length, core: verdicts.filter((verdict) => verdict.role === 'core').length, ids },
    entities: cluster.entities.length,
    queries: {
      total: total(columns.queries),
      lower: verdicts.reduce((sum, verdict) => sum + verdict.lowerQueries, 0),
      attributed: verdicts.reduce((sum, verdict) => sum + verdict.attributedQueries, 0),
      byDay: profile.byDay,
      byModel: profile.byModel,
    },
    tokens: { input: total(columns.inputTokens), output: total(columns.outputTokens) },
    firstSeen: instant(
      accounts.reduce((first, account) => Math.min(first, columns.firstSeenMs[account] ?? first), Infinity),
    ),
    lastSeen: instant(
      accounts.reduce((last, account) => Math.max(last, columns.lastSeenMs[account] ?? last), -Infinity),
    ),
    ...(asked === undefined ? {} : { asked }),
    targets: targets(finding),
    evidence: [
      ...clusterEvidence(evidence, cluster, accounts.length, population, shares),
      ...pooledEvidence(finding.pooled, accounts.length),
    ],
    counterEvidence: [...counterEvidence(finding), ...pooledCounterEvidence(finding.pooled)],
  };
}

/** A label ranks a cluster and says what was targeted; it decides on no level. Chance that either of two signs tells. */
function withLabels({ extraction, asked }: Findings): number {
  const labelled = asked?.labels.reduce((sum, { share }) => sum + share, 0) ?? 0;
  return 1 - (1 - extraction) * (1 - Math.min(1, labelled));
}

const leastTarget = 0.05;
const leastSign = 0.5;

/** Capabilities and labels by their share of the prompts, then the signs in the traffic. */
function targets({ asked, signs }: Findings): Share[] {
  const named = (asked?.capabilities ?? []).filter(({ label }) => label !== 'other');
  return [
    ...[...named, ...(asked?.labels ?? [])].filter(({ share }) => share >= leastTarget),
    ...signs
      .filter(({ value }) => value >= leastSign)
      .map(({ name, value }) => ({ label: name, share: Math.min(1, value) })),
  ];
}

/** Of each account, in the order of their names: the position of its entity in the cluster. */
function positionsByName({ cluster, accounts }: Findings, { table }: AccountFeatures): number[] {
  const position = new Map([...cluster.entities].map((entity, index) => [entity, index]));
  const entityOfAccount = int32Column(table, 'entity');
  const names = table.getChild('account_id');
  return [...accounts]
    .map((account) => ({ name: String(names?.get(account) ?? ''), entity: entityOfAccount[account] ?? -1 }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ entity }) => position.get(entity) ?? 0);
}

/** Entities on the user's own list that own some of the accounts, the largest first. */
function declaredCauses({ table }: AccountFeatures, { accounts }: Findings): string[] {
  const names = table.getChild('declared');
  if (names === null) return [];
  const owned = groupBy(accounts, (account): string | null => names.get(account));
  owned.delete(null);
  return [...owned]
    .sort(([a, left], [b, right]) => right.length - left.length || ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([name, own]) => `${count(own.length)} of its ${count(accounts.length, 'account')} are declared as ${name}`);
}

function detectorCauses(evidence: Evidence, { cluster }: Findings): string[] {
  const supported = new Set(cluster.families.filter((family) => family.isSupported).map((family) => family.family));
  return evidence.runs
    .filter((run) => run.state === 'ran' && supported.has(run.family))
    .flatMap((run) => run.innocentCauses);
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
