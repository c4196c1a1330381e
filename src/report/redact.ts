import { type Table, tableFromArrays } from 'apache-arrow';
import type { Reject } from '../model/calls.ts';
import type { ReportExhibits } from '../model/exhibits.ts';
import type { Neighbourhood } from '../model/neighbourhood.ts';
import type { AskedFor, KnownCluster, ReportCluster, RunReport } from '../model/report.ts';
import type { ScanResult } from '../model/scan.ts';
import { clusterId } from '../util/cluster-id.ts';
import type { Aliases } from './aliases.ts';

/** A report in which accounts, shared values and file names are aliases; cluster ids are made from the aliases. */
export function redactReport(report: RunReport, aliases: Aliases): RunReport {
  const { schemaVersion, tool, ...rest } = report;
  return {
    schemaVersion,
    tool,
    redaction: aliases.fingerprint,
    ...rest,
    inputs: report.inputs.map((input) => ({ ...input, path: aliases.path(input.path) })),
    clusters: redactKnown(report).clusters.map((cluster) => redactCluster(cluster, aliases)),
  };
}

/** Members in the order of their aliases, so that their order says nothing of their names. */
function redactMembers(accounts: ReportCluster['accounts'], aliases: Aliases): ReportCluster['accounts'] {
  const { ids, odds } = accounts;
  const named = ids.map((id, position) => ({ alias: aliases.account(id), position }));
  named.sort((left, right) => (left.alias < right.alias ? -1 : 1));
  const reordered = (values: readonly number[]): number[] => named.map(({ position }) => values[position] ?? 0);
  const families = Object.entries(odds?.families ?? {}).map(([family, values]) => [family, reordered(values)]);
  return {
    ...accounts,
    ids: named.map(({ alias }) => alias),
    ...(odds === undefined ? {} : { odds: { prior: odds.prior, families: Object.fromEntries(families) } }),
  };
}

/** A report without what somebody wrote about a cluster: that may name anybody. */
export function redactKnown(report: RunReport): RunReport {
  const clusters = report.clusters.map(
    ({ known, ...cluster }): ReportCluster => (known === undefined ? cluster : { ...cluster, known: bare(known) }),
  );
  return { ...report, clusters };
}

function bare({ by, until }: KnownCluster): KnownCluster {
  return { by, ...(until === undefined ? {} : { until }) };
}

function redactCluster(cluster: ReportCluster, aliases: Aliases): ReportCluster {
  const accounts = redactMembers(cluster.accounts, aliases);
  const { exhibits, asked } = cluster;
  return {
    ...cluster,
    ...(asked === undefined ? {} : { asked: withoutTexts(asked) }),
    ...(exhibits === undefined ? {} : { exhibits: redactExhibits(exhibits, aliases) }),
    id: clusterId(accounts.ids),
    accounts,
    evidence: cluster.evidence.map((item) => ({ ...item, examples: item.examples.map(aliases.value) })),
  };
}

function withoutTexts({ examples: _, ...asked }: AskedFor): AskedFor {
  return asked;
}

function redactExhibits(exhibits: ReportExhibits, aliases: Aliases): ReportExhibits {
  return {
    ...exhibits,
    members: exhibits.members.map(({ requests, ...member }) => ({
      ...member,
      id: aliases.account(member.id),
      ...(requests === undefined ? {} : { requests: requests.map(aliases.request) }),
    })),
    values: exhibits.values.map((value) => ({ ...value, text: aliases.value(value.text) })),
  };
}

/** Everything that a scan gives, redacted once, before any of it is written. */
export function redactScan(result: ScanResult, aliases: Aliases): ScanResult {
  const report = redactReport(result.report, aliases);
  const newIds = new Map(result.report.clusters.map(({ id }, position) => [id, report.clusters[position]?.id ?? '']));
  const cluster_id = (id: string) => newIds.get(id) ?? '';
  return {
    report,
    accounts: replaceTexts(result.accounts, {
      account_id: aliases.account,
      cluster_id,
      first_asn: (network) => (network === '' ? '' : aliases.value(`asn:${network}`)),
    }),
    evidence: async () =>
      replaceTexts(await result.evidence(), { cluster_id, account_id: aliases.account, value: aliases.value }),
    around: async (accountId) => redactNeighbourhood(await result.around(accountId), aliases),
    rejects: () => redactRejects(result.rejects(), aliases),
  };
}

function redactNeighbourhood(around: Neighbourhood, aliases: Aliases): Neighbourhood {
  return {
    ...around,
    id: aliases.account(around.id),
    values: around.values.map((value) => ({ ...value, text: aliases.value(value.text) })),
    neighbours: around.neighbours.map((neighbour) => ({ ...neighbour, id: aliases.account(neighbour.id) })),
  };
}

async function* redactRejects(rejects: AsyncIterable<Reject>, aliases: Aliases): AsyncIterable<Reject> {
  for await (const reject of rejects) yield { ...reject, path: aliases.path(reject.path) };
}

type Replacements = Readonly<Record<string, (text: string) => string>>;

function replaceTexts(table: Table, replacements: Replacements): Table {
  const names = table.schema.names.map(String);
  const columns = Object.entries(replacements)
    .filter(([name]) => names.includes(name))
    .map(([name, replace]): [string, string[]] => [
      name,
      Array.from(table.getChild(name) ?? [], (text) => replace(String(text ?? ''))),
    ]);
  return table.assign(tableFromArrays(Object.fromEntries(columns))).select(names);
}
