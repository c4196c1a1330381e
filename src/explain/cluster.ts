import type { Family, ReportCluster, RunReport } from '../model/report.ts';
import { askedText } from '../report/asked-text.ts';
import { caution } from '../report/footer.ts';
import { knownText } from '../report/reasons.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { dayCount, dayRange, offsetsOf } from '../report/span.ts';
import { wrap } from '../report/wrap.ts';
import { count } from '../util/text.ts';
import { item, section, shown } from './page.ts';
import { timeline } from './timeline.ts';

const modelsShown = 5;
const examplesShown = 3;
const membersShown = 8;
const requestsShown = 5;

/** Why a cluster is one, what speaks against it, and what would dissolve it, as lines for a terminal. */
export function explainCluster(run: RunReport, cluster: ReportCluster, style: ReportStyle): string[] {
  return [
    ...heading(run, cluster, style),
    ...section('Why it is a cluster, strongest evidence first', evidence(cluster, style), style),
    ...section(
      'What speaks against it',
      cluster.counterEvidence.flatMap((text) => item('-', text, style)),
      style,
    ),
    ...section(
      'Innocent causes to rule out',
      cluster.innocentCauses.flatMap((text) => item('?', text, style)),
      style,
    ),
    ...section('Chance', item(' ', chance(cluster), style), style),
    ...section('What it would take to fall apart', fallingApart(cluster, style), style),
    ...section('When', when(run, cluster, style), style),
    ...section('What they were after', after(cluster, style), style),
    ...section('Raw prompts (--show-text): private', rawPrompts(cluster, style), style),
    ...section('What it asks', item(' ', models(cluster), style), style),
    ...section('Some of its requests', requests(cluster, style), style),
    ...section('Members', members(cluster, style), style),
    '',
    ...wrap(caution, style.width, '', '').map((line) => style.paint.dim(line)),
  ];
}

function heading(
  { totals, clusters }: RunReport,
  cluster: ReportCluster,
  { width, paint, zone }: ReportStyle,
): string[] {
  const { id, level, rank, score, accounts, queries, entities, firstSeen, lastSeen, known } = cluster;
  const facts =
    `${count(accounts.count)} of ${count(totals.accounts, 'account')} (${count(accounts.core)} in the core, ` +
    `${count(entities, 'owner')} by what they declare), ${count(queries.total, 'query', 'queries')}, ` +
    `${count(queries.attributed)} of them the campaign's own, ${dayRange(firstSeen, lastSeen, zone)} ${offsetsOf([cluster], zone)} (${count(dayCount(firstSeen, lastSeen, zone), 'day')}).`;
  return [
    paint.bold(`${id}: ${level}, score ${score.toFixed(2)}, rank ${rank} of ${clusters.length}`),
    ...wrap(facts, width, '', ''),
    ...(known === undefined ? [] : wrap(`It is ${shown(knownText(known))}.`, width, '', '')),
  ];
}

function evidence(cluster: ReportCluster, style: ReportStyle): string[] {
  return cluster.evidence.flatMap(({ detector, family, strength, summary, examples }) => [
    ...item('+', `${family}, ${strength.toFixed(2)}: ${summary} (${detector})`, style),
    ...examples
      .slice(0, examplesShown)
      .flatMap((example) => item('   ', `${shown(example)}${users(cluster, detector, example)}`, style))
      .map((line) => style.paint.dim(line)),
  ]);
}

/** Who uses a shared value, where the run says so. */
function users({ exhibits }: ReportCluster, detector: string, text: string): string {
  const value = exhibits?.values.find((one) => one.detector === detector && one.text === text);
  if (value === undefined) return '';
  const others = value.outsiders === 0 ? 'nobody else' : count(value.outsiders, 'outsider');
  return `: ${count(value.accounts, 'member')}, ${others}`;
}

function chance({ expectedFalse, coordination, extraction }: ReportCluster): string {
  const expected = expectedFalse < 0.001 ? expectedFalse.toExponential(1) : expectedFalse.toFixed(3);
  return (
    `Links dealt out at random give ${expected} clusters of this strength in a log like this. ` +
    `One actor: ${coordination.toFixed(2)}. Looks like harvesting: ${extraction.toFixed(2)}.`
  );
}

/** For each family of evidence: how many members the others would still hold. */
function fallingApart({ accounts, evidence: items }: ReportCluster, style: ReportStyle): string[] {
  const { odds } = accounts;
  if (odds === undefined) return [];
  const families = [...new Set(items.map(({ family }) => family))];
  const sums = accounts.ids.map((_, member) =>
    Object.values(odds.families).reduce((sum, values) => sum + (values?.[member] ?? 0), odds.prior),
  );
  const left = (family: Family): number =>
    sums.filter((sum, member) => sum - (odds.families[family]?.[member] ?? 0) > 0).length;
  return families.flatMap((family) =>
    item(' ', `Without its ${family} evidence ${count(left(family))} of ${count(accounts.count)} would stay.`, style),
  );
}

/** The campaign beside everybody: who follows the week of other people is not round the clock. */
function when({ population }: RunReport, { queries }: ReportCluster, style: ReportStyle): string[] {
  if (population === undefined) return timeline(queries.byDay, style);
  const [first, last] = [queries.byDay[0]?.day ?? '', queries.byDay.at(-1)?.day ?? ''];
  const everybody = population.byDay.filter(({ day }) => day >= first && day <= last);
  return [...timeline(queries.byDay, style), '  all accounts on the same days', ...timeline(everybody, style)];
}

function after({ asked }: ReportCluster, style: ReportStyle): string[] {
  return asked === undefined ? [] : item(' ', askedText(asked), style);
}

function rawPrompts({ asked }: ReportCluster, style: ReportStyle): string[] {
  return (asked?.examples ?? []).flatMap((text) => item('>', text, style));
}

function models({ queries, tokens, targets }: ReportCluster): string {
  const named = Object.entries(queries.byModel).sort(
    ([left, one], [right, two]) => two - one || (left < right ? -1 : 1),
  );
  const parts = named.slice(0, modelsShown).map(([model, calls]) => `${shown(model)} ${count(calls)}`);
  const more = named.length > modelsShown ? ` and ${count(named.length - modelsShown)} more` : '';
  const labels = targets.map(({ label, share }) => `${shown(label)} ${Math.round(100 * share)} %`);
  return [
    `${parts.join(', ')}${more}`,
    `${count(tokens.input)} tokens in, ${count(tokens.output)} out`,
    ...labels,
  ].join('; ');
}

/** One of each member that has most queries of the campaign, to look up in the log. */
function requests({ exhibits }: ReportCluster, style: ReportStyle): string[] {
  return [...(exhibits?.members ?? [])]
    .sort((left, right) => right.attributed - left.attributed || (left.id < right.id ? -1 : 1))
    .filter(({ requests = [] }) => requests.length > 0)
    .slice(0, requestsShown)
    .flatMap(({ id, requests = [] }) => item(' ', `${shown(requests[0] ?? '')} of ${shown(id)}`, style));
}

/** Those whose odds hang on most, since they say most about it. */
function members({ accounts }: ReportCluster, style: ReportStyle): string[] {
  const { ids, odds } = accounts;
  const sums = ids.map((_, member) =>
    Object.values(odds?.families ?? {}).reduce((sum, values) => sum + (values?.[member] ?? 0), 0),
  );
  const order = [...ids.keys()].sort((left, right) => (sums[right] ?? 0) - (sums[left] ?? 0) || left - right);
  const strongest = order.slice(0, membersShown).map((member) => ids[member] ?? '');
  const more = ids.length > membersShown ? ` and ${count(ids.length - membersShown)} more` : '';
  return [
    ...item(' ', `${strongest.map(shown).join(', ')}${more}`, style),
    ...item(' ', 'Name one of them in place of the cluster to see why it is in it.', style).map((line) =>
      style.paint.dim(line),
    ),
  ];
}
