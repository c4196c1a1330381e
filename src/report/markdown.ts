import type { ReportCluster, RunReport } from '../model/report.ts';
import { count } from '../util/text.ts';
import { askedText } from './asked-text.ts';
import { caution, facts } from './footer.ts';
import { headline, whyNothing } from './headline.ts';
import { markdownCode, markdownText } from './markdown-text.ts';
import type { Reporter } from './reporter.ts';
import { dayRange, offsetsOf } from './span.ts';

/** Sites limit the length of an issue: these keep a report far below 60,000 characters. */
const clustersShown = 20;
const rowsShown = 100;
const itemsShown = 8;
const idsShown = 10;

/** For an issue or a pull request. */
export const markdown: Reporter = {
  format: 'markdown',
  extensions: ['.md', '.markdown'],
  render: (report, { zone }) =>
    `${[
      `## ${markdownText(headline(report))}`,
      '',
      ...found(report, zone),
      '',
      '### What was read',
      '',
      ...facts(report, zone).map(([label, text]) => `- ${label}: ${markdownText(text)}`),
      '',
      caution,
    ].join('\n')}\n`,
};

function found(report: RunReport, zone?: string): string[] {
  const { clusters } = report;
  if (clusters.length === 0) return whyNothing(report).map((text) => `- ${markdownText(text)}`);
  return [
    ...ranking(clusters, zone),
    ...more(clusters.length - rowsShown, 'more cluster'),
    ...clusters.slice(0, clustersShown).flatMap((cluster) => ['', ...details(cluster)]),
    ...more(clusters.length - clustersShown, 'cluster', ' without details here'),
  ];
}

/** Nothing here comes from the log: ids and levels are words of the contract. */
function ranking(clusters: readonly ReportCluster[], zone?: string): string[] {
  return [
    `| # | cluster | level | score | accounts | queries | attributed | span (${offsetsOf(clusters, zone)}) |`,
    '|--:|:--|:--|--:|--:|--:|--:|:--|',
    ...clusters
      .slice(0, rowsShown)
      .map(
        ({ rank, id, level, score, accounts, queries, firstSeen, lastSeen }) =>
          `| ${rank} | ${id} | ${level} | ${score.toFixed(2)} | ${count(accounts.count)} | ${count(queries.total)} | ${count(queries.attributed)} | ${dayRange(firstSeen, lastSeen, zone)} |`,
      ),
  ];
}

function details(cluster: ReportCluster): string[] {
  const { rank, id, level, accounts, queries, known, asked } = cluster;
  const words = known === undefined ? level : `${level}, known: ${known.by}`;
  const models = Object.entries(queries.byModel)
    .sort(([, left], [, right]) => right - left)
    .map(([model, calls]) => `${markdownCode(model)} ${count(calls)}`);
  return [
    `### ${rank}. ${id} (${words}): ${count(accounts.count, 'account')}, ${count(queries.attributed, 'query', 'queries')}`,
    '',
    ...items(
      'evidence',
      cluster.evidence.map(
        ({ detector, family, summary, examples }) =>
          `(${family}, ${markdownText(detector)}) ${markdownText(summary)}${examples.length === 0 ? '' : `, such as ${list(examples)}`}`,
      ),
    ),
    ...items('counter-evidence', cluster.counterEvidence.map(markdownText)),
    ...items('innocent cause to rule out', cluster.innocentCauses.map(markdownText)),
    ...(asked === undefined ? [] : [`- what they were after: ${markdownText(askedText(asked))}`]),
    ...(asked?.examples ?? []).map((text) => `- **raw prompt** ${markdownCode(text)}`),
    `- models: ${models.slice(0, itemsShown).join(', ')}${andMore(models.length - itemsShown)}`,
    `- accounts: ${list(accounts.ids.slice(0, idsShown))}${andMore(accounts.count - idsShown)}`,
  ];
}

function items(label: string, texts: readonly string[]): string[] {
  return [
    ...texts.slice(0, itemsShown).map((text) => `- **${label}** ${text}`),
    ...more(texts.length - itemsShown, `more ${label}`).map((line) => `- ${line}`),
  ];
}

function list(values: readonly string[]): string {
  return values.map(markdownCode).join(', ');
}

function andMore(hidden: number): string {
  return hidden > 0 ? ` and ${count(hidden)} more` : '';
}

function more(hidden: number, what: string, where = ''): string[] {
  return hidden > 0 ? [`${count(hidden, what)}${where}; all are in the JSON report`] : [];
}
