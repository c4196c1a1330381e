import { stripVTControlCharacters } from 'node:util';
import type { Level, ReportCluster, RunReport } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import { footer } from './footer.ts';
import { type Alignment, grid } from './grid.ts';
import { headline, whyNothing } from './headline.ts';
import { reasons } from './reasons.ts';
import type { Paint, Reporter, ReportStyle } from './reporter.ts';
import { dayCount, dayRange, offsetsOf } from './span.ts';
import { wrap } from './wrap.ts';

/** Leads are many; a terminal shows the first, the JSON report has all. */
const leadsShown = 5;

/** Least columns that reasons need beside the numbers; with fewer they stand beneath. */
const leastReasonsWidth = 60;

/** Ranked suspects for a terminal, and what the scan read and could not do. */
export const table: Reporter = {
  format: 'table',
  extensions: ['.txt'],
  render: (report, style) => `${[...found(report, style), '', ...footer(report, style)].join('\n')}\n`,
};

function found(report: RunReport, style: ReportStyle): string[] {
  const { width } = style;
  const summary = wrap(headline(report), width, '', '');
  if (report.clusters.length === 0)
    return [...summary, ...whyNothing(report).flatMap((text) => wrap(escapeForTerminal(text), width, '', ''))];
  const leads = report.clusters.filter((cluster) => cluster.level === 'low').length;
  const hidden = Math.max(0, leads - leadsShown);
  const shown = report.clusters.slice(0, report.clusters.length - hidden);
  const more = hidden === 0 ? [] : [`${count(hidden, 'more lead')} at level low: write all with -o run.json`];
  return [...summary, '', ...rows(shown, style), ...more];
}

const alignments: readonly Alignment[] = ['right', 'left', 'left', 'right', 'right', 'right', 'right', 'left'];
const legend = '+ evidence  - counter-evidence  ? innocent cause to rule out';

function headOf(clusters: readonly ReportCluster[], { zone }: ReportStyle): string[] {
  const columns = ['#', 'cluster', 'level', 'score', 'accounts', 'queries', 'attributed'];
  return [...columns, `span (${offsetsOf(clusters, zone)})`];
}

function rows(clusters: readonly ReportCluster[], style: ReportStyle): string[] {
  const { width, paint } = style;
  const head = headOf(clusters, style);
  const { numbers, gap, taken } = layout(clusters, head, style);
  const dim = (line: string): string => paint.dim(line);
  const beside = width - taken - gap;
  if (beside >= leastReasonsWidth) {
    const texts = clusters.map((cluster) => reasons(cluster, beside).map(dim).join('\n'));
    const cells = numbers.map((row, position) => [...row, texts[position] ?? '']);
    const [first = '', ...rest] = grid([...head, `reasons: ${legend}`], cells, [...alignments, 'left'], gap);
    return [paint.bold(first), ...rest];
  }
  const [first = '', ...lines] = grid(head, numbers, alignments, gap);
  const indent = '    ';
  const beneath = clusters.flatMap((cluster, row) => [
    lines[row] ?? '',
    ...reasons(cluster, width - indent.length).map((line) => dim(indent + line)),
  ]);
  return [paint.bold(first), ...beneath, ...wrap(legend, width, '', '').map(dim)];
}

/** Where columns are too wide, the number of days goes first, then half of the gap between them. */
const layouts = [
  { withDays: true, gap: 2 },
  { withDays: false, gap: 2 },
  { withDays: false, gap: 1 },
] as const;

function layout(clusters: readonly ReportCluster[], head: readonly string[], style: ReportStyle) {
  const tried = layouts.map(({ withDays, gap }) => {
    const numbers = clusters.map((cluster) => cells(cluster, withDays, style));
    const lines = grid(head, numbers, alignments, gap);
    return { numbers, gap, taken: Math.max(...lines.map((line) => stripVTControlCharacters(line).length)) };
  });
  return (
    tried.find(({ taken }) => taken <= style.width) ?? tried[tried.length - 1] ?? { numbers: [], gap: 1, taken: 0 }
  );
}

function cells(cluster: ReportCluster, withDays: boolean, { paint, zone }: ReportStyle): string[] {
  const { rank, id, level, score, accounts, queries, firstSeen, lastSeen } = cluster;
  const days = withDays ? `, ${dayCount(firstSeen, lastSeen, zone)} d` : '';
  return [
    String(rank),
    id,
    paintLevel(level, paint),
    score.toFixed(2),
    count(accounts.count),
    count(queries.total),
    count(queries.attributed),
    `${dayRange(firstSeen, lastSeen, zone)}${days}`,
  ];
}

function paintLevel(level: Level, paint: Paint): string {
  if (level === 'high') return paint.red(level);
  return level === 'medium' ? paint.yellow(level) : paint.cyan(level);
}
