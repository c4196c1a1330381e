import { type Change, type Comparison, changeKinds } from '../model/change.ts';
import { grid } from '../report/grid.ts';
import { jsonText } from '../report/json.ts';
import { markdownCode } from '../report/markdown-text.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { wrap } from '../report/wrap.ts';
import { csvCell, escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';

/** One format of a comparison: a pure function of it. */
export interface ComparisonFormat {
  readonly format: string;
  readonly render: (comparison: Comparison, style: ReportStyle) => string;
}

const namesShown = 5;
const head = ['change', 'level', 'cluster', 'accounts', 'joined', 'left', 'attributed'];

export const comparisonFormats: readonly ComparisonFormat[] = [
  { format: 'table', render: asTable },
  { format: 'json', render: (comparison) => `${jsonText(comparison, 2)}\n` },
  { format: 'ndjson', render: ({ changes }) => changes.map((change) => `${jsonText(change, 0)}\n`).join('') },
  { format: 'csv', render: asCsv },
  { format: 'markdown', render: asMarkdown },
];

/** One sentence on what changed. */
function headline({ old, new: next, changes }: Comparison): string {
  const counts = changeKinds
    .map((kind) => [kind, changes.filter(({ change }) => change === kind).length] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${count(number)} ${kind}`);
  const runs = `${count(old.clusters, 'cluster')} then, ${count(next.clusters)} now`;
  return `${runs}: ${counts.length === 0 ? 'nothing to compare' : counts.join(', ')}.`;
}

/** Differing settings change clusters too. */
function caution({ old, new: next }: Comparison): string[] {
  if (old.configHash === next.configHash) return [];
  return [`The settings differ (${old.configHash} then, ${next.configHash} now): part of the change may be theirs.`];
}

function cells(change: Change): string[] {
  const sides = (pick: (cluster: Change['old'][number]) => string): string => {
    const [before, after] = [change.old.map(pick).join(' + '), change.new.map(pick).join(' + ')];
    if (before === after || before === '' || after === '') return before === '' ? after : before;
    return `${before} > ${after}`;
  };
  return [
    change.change,
    sides(({ level }) => level),
    sides(({ id }) => id),
    sides(({ accounts }) => count(accounts)),
    count(change.joined.length),
    count(change.left.length),
    sides(({ attributed }) => count(attributed)),
  ];
}

/** Clusters with their ids in a line beneath: two of them side by side would not fit on a terminal. */
function asTable(comparison: Comparison, { width, paint }: ReportStyle): string {
  const withoutIds = (row: readonly string[]): string[] => row.filter((_, column) => column !== 2);
  const rows = comparison.changes.map((change) => withoutIds(cells(change)));
  const alignments = ['left', 'left', 'right', 'right', 'right', 'right'] as const;
  const [first = '', ...lines] = grid(withoutIds(head), rows, alignments, 2);
  const beneath = comparison.changes.flatMap((change, row) => [
    lines[row] ?? '',
    ...details(change).flatMap((text) => wrap(escapeForTerminal(text), width, '    ').map((line) => paint.dim(line))),
  ]);
  return `${[
    ...wrap(headline(comparison), width, '', ''),
    ...caution(comparison).flatMap((text) => wrap(text, width, '', '')),
    ...(comparison.changes.length === 0 ? [] : ['', paint.bold(first), ...beneath]),
  ].join('\n')}\n`;
}

function details(change: Change): string[] {
  return [
    cells(change)[2] ?? '',
    ...(change.joined.length === 0 || change.change === 'new' ? [] : [`joined: ${some(change.joined)}`]),
    ...(change.left.length === 0 || change.change === 'gone' ? [] : [`left: ${some(change.left)}`]),
  ];
}

function some(names: readonly string[], show: (name: string) => string = (name) => name): string {
  const more = names.length > namesShown ? ` and ${count(names.length - namesShown)} more` : '';
  return `${names.slice(0, namesShown).map(show).join(', ')}${more}`;
}

function asCsv({ changes }: Comparison): string {
  const columns = ['change', 'old_ids', 'new_ids', 'old_level', 'new_level', 'old_accounts', 'new_accounts'];
  const rest = ['similarity', 'joined', 'left', 'old_attributed', 'new_attributed'];
  const rows = changes.map((change) => {
    const list = (side: Change['old'], pick: (cluster: Change['old'][number]) => string) => side.map(pick).join(' | ');
    const sum = (side: Change['old'], pick: (cluster: Change['old'][number]) => number) =>
      side.reduce((total, cluster) => total + pick(cluster), 0);
    return [
      change.change,
      list(change.old, ({ id }) => id),
      list(change.new, ({ id }) => id),
      list(change.old, ({ level }) => level),
      list(change.new, ({ level }) => level),
      sum(change.old, ({ accounts }) => accounts),
      sum(change.new, ({ accounts }) => accounts),
      Number(change.similarity.toFixed(4)),
      change.joined.length,
      change.left.length,
      sum(change.old, ({ attributed }) => attributed),
      sum(change.new, ({ attributed }) => attributed),
    ];
  });
  return [[...columns, ...rest], ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

/** Ids, levels and kinds of change are words of the contract; names of accounts come from the log. */
function asMarkdown(comparison: Comparison): string {
  const { changes } = comparison;
  const moved = changes.filter(({ change, joined, left }) => change !== 'new' && joined.length + left.length > 0);
  return `${[
    `## ${headline(comparison)}`,
    ...caution(comparison).flatMap((text) => ['', text]),
    '',
    `| ${head.join(' | ')} |`,
    '|:--|:--|:--|--:|--:|--:|--:|',
    ...changes.map((change) => `| ${cells(change).join(' | ')} |`),
    ...moved.flatMap((change) => [
      '',
      `- ${cells(change)[2] ?? ''}`,
      ...(change.joined.length === 0 ? [] : [`  - joined: ${some(change.joined, markdownCode)}`]),
      ...(change.left.length === 0 ? [] : [`  - left: ${some(change.left, markdownCode)}`]),
    ]),
  ].join('\n')}\n`;
}
