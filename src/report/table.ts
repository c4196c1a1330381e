import Table from 'cli-table3';
import type { Level, ReportCluster, RunReport } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import { footer } from './footer.ts';
import type { Paint, Reporter, ReportStyle } from './reporter.ts';
import { wrap } from './wrap.ts';

const reasonsShown = 3;

/** Leads are many; a terminal shows the first, the JSON report has all. */
const leadsShown = 5;

/** Ranked suspects for a terminal, and what the scan read and could not do. */
export const table: Reporter = {
  format: 'table',
  extensions: ['.txt'],
  render: (report, style) =>
    `${[...wrap(headline(report), style.width, ''), ...body(report, style), ...footer(report, style)].join('\n')}\n`,
};

const levels: readonly Level[] = ['high', 'medium', 'low'];

function headline({ clusters, totals, detectors }: RunReport): string {
  if (totals.queries === 0) return 'No usable row in the input.';
  if (clusters.length === 0) {
    const skipped = detectors.filter((detector) => detector.state === 'skipped').length;
    const why = skipped === 0 ? '' : ` ${count(skipped, 'detector')} could not run, see below.`;
    return `No suspect cluster among ${count(totals.accounts, 'account')} and ${count(totals.queries, 'query', 'queries')}.${why}`;
  }
  return (
    `${count(clusters.length, 'suspect cluster')} (${levels.map((level) => `${count(clusters.filter((one) => one.level === level).length)} ${level}`).join(', ')}): ` +
    `${count(totals.suspectAccounts)} of ${count(totals.accounts, 'account')}, ${count(totals.suspectQueries)} of ${count(totals.queries, 'query', 'queries')}.`
  );
}

function body({ clusters }: RunReport, { width, paint }: ReportStyle): string[] {
  if (clusters.length === 0) return [];
  const leads = clusters.filter((cluster) => cluster.level === 'low').length;
  const hidden = Math.max(0, leads - leadsShown);
  const shown = clusters.slice(0, clusters.length - hidden);
  const rows = shown.map((cluster) => cells(cluster, paint));
  const grid = draw(['#', 'cluster', 'level', 'score', 'accounts', 'queries', 'attributed', 'span (UTC)'], rows).split(
    '\n',
  );
  const head = grid.slice(0, 1);
  const lines = shown.flatMap((cluster, position) => [grid[position + 1] ?? '', ...reasons(cluster, width, paint)]);
  const more = hidden === 0 ? [] : [`${count(hidden, 'more lead')} at level low: write all with -o run.json`];
  return ['', paint.bold(head.join('\n')), ...lines, ...more, ''];
}

function cells(cluster: ReportCluster, paint: Paint): string[] {
  return [
    String(cluster.rank),
    cluster.id,
    paintLevel(cluster.level, paint),
    cluster.score.toFixed(2),
    count(cluster.accounts.count),
    count(cluster.queries.total),
    count(cluster.queries.attributed),
    span(cluster.firstSeen, cluster.lastSeen),
  ];
}

function draw(head: readonly string[], rows: readonly string[][]): string {
  const grid = new Table({
    head: [...head],
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colAligns: ['right', 'left', 'left', 'right', 'right', 'right', 'right', 'left'],
  });
  grid.push(...rows);
  return grid
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function paintLevel(level: Level, paint: Paint): string {
  if (level === 'high') return paint.red(level);
  return level === 'medium' ? paint.yellow(level) : paint.cyan(level);
}

/** Evidence by strength, and what may speak for innocence, each on lines of its own under the cluster. */
function reasons(cluster: ReportCluster, width: number, paint: Paint): string[] {
  const evidence = cluster.evidence.slice(0, reasonsShown).map((item) => `+ ${item.summary}`);
  const counter = cluster.counterEvidence.slice(0, 1).map((text) => `- ${text}`);
  return [...evidence, ...counter].flatMap((text) =>
    wrap(escapeForTerminal(text), width, '    ').map((line) => paint.dim(line)),
  );
}

function span(first: string, last: string): string {
  const [from, to] = [first.slice(5, 10), last.slice(5, 10)];
  return from === to ? from : `${from}..${to}`;
}
