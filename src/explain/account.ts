import type { Family, ReportCluster, RunReport } from '../model/report.ts';
import { caution } from '../report/footer.ts';
import { grid } from '../report/grid.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { wrap } from '../report/wrap.ts';
import { count } from '../util/text.ts';
import { neededFamilies, oddsOf } from './odds.ts';
import { item, section, shown, signed } from './page.ts';
import { activityLine } from './timeline.ts';

/** Why an account is in the clusters it is in, and what it would take to drop out, as lines for a terminal. */
export function explainAccount(
  run: RunReport,
  id: string,
  clusters: readonly ReportCluster[],
  style: ReportStyle,
): string[] {
  return [
    ...clusters.flatMap((cluster, position) => [
      ...(position === 0 ? [] : ['']),
      ...wrap(
        `${shown(id)} is in ${cluster.id}: ${cluster.level}, rank ${cluster.rank} of ${run.clusters.length}.`,
        style.width,
        '',
        '',
      ).map((line) => style.paint.bold(line)),
      ...membership(cluster, id, style),
    ]),
    '',
    ...wrap(caution, style.width, '', '').map((line) => style.paint.dim(line)),
  ];
}

function membership(cluster: ReportCluster, id: string, style: ReportStyle): string[] {
  const odds = oddsOf(cluster, id);
  if (odds === undefined) return item(' ', 'This run was saved without the odds of its members: scan again.', style);
  const rows = [
    ['any account at random', signed(odds.prior), ''],
    ...odds.families.map(([family, value]) => [family, signed(value), describe(value, evidenceOf(cluster, family))]),
    ['sum', signed(odds.sum), odds.sum > 0 ? 'above 0: a member' : 'not above 0: tied by its declared owner only'],
  ];
  const lines = grid(['what', 'ln odds', ''], rows, ['left', 'right', 'left'], 2);
  return [
    ...section(
      'Why it is in it',
      lines.map((line) => `  ${line}`),
      style,
    ),
    ...section('What it would take to drop out', item(' ', dropOut(neededFamilies(odds), odds.sum), style), style),
    ...section('What it sends', sends(cluster, id, style), style),
    ...section('What ties the cluster', ties(cluster, odds.families, style), style),
  ];
}

/** Only of members that the run shows one by one. */
function sends({ exhibits }: ReportCluster, id: string, style: ReportStyle): string[] {
  const place = exhibits?.members.findIndex((member) => member.id === id) ?? -1;
  const member = exhibits?.members[place];
  if (exhibits === undefined || member === undefined) return [];
  const uses = exhibits.values.filter(({ use }) => use[place] !== undefined && use[place] !== '0');
  return [
    ...item(
      ' ',
      `${count(member.queries, 'query', 'queries')}, ${count(member.attributed)} of them the campaign's own; it is in the ${member.role}.`,
      style,
    ),
    ...activityLine(member.activity, style),
    ...(member.requests ?? []).flatMap((request) => item(' ', `request ${shown(request)}`, style)),
    ...uses.flatMap(({ detector, text, accounts, outsiders }) =>
      item(
        '+',
        `${shown(text)}, with ${count(accounts - 1, 'other member')} and ${count(outsiders, 'outsider')} (${detector})`,
        style,
      ),
    ),
  ];
}

function describe(value: number, detectors: readonly string[]): string {
  if (value > 0.5) return detectors.length === 0 ? 'for' : `for: ${detectors.join(', ')}`;
  return value < -0.5 ? 'against: it shares less here than the others' : 'says little';
}

function evidenceOf({ evidence }: ReportCluster, family: Family): string[] {
  return evidence.filter((one) => one.family === family).map(({ detector }) => shown(detector));
}

function dropOut(needed: readonly Family[], sum: number): string {
  if (sum <= 0) return 'Nothing: it is here only because its declared owner has other accounts in the cluster.';
  return `Without its ${needed.join(' and ')} evidence the sum would not be above 0; anything less would keep it in.`;
}

function ties(
  { evidence }: ReportCluster,
  families: readonly (readonly [Family, number])[],
  style: ReportStyle,
): string[] {
  const own = new Map(families);
  return evidence
    .filter(({ family }) => (own.get(family) ?? 0) > 0)
    .flatMap(({ summary, detector }) => item('+', `${summary} (${detector})`, style));
}
