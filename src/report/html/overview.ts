import type { ReportCluster, RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { dayRange, offsetsOf } from '../span.ts';
import { dataTable, type Head } from './data-table.ts';
import { html, type Markup, nothing } from './markup.ts';
import { percent, tenth } from './numbers.ts';

const heads = (offsets: string): readonly Head[] => [
  '#',
  'cluster',
  'level',
  'score',
  'accounts',
  'queries',
  { spoken: 'as a bar' },
  'share',
  `span (${offsets})`,
];
const rowsShown = 200;
const barWidth = 240;

/** Who took how much: clusters in their rank, a bar each; those without a section of their own are folded away. */
export function overview({ clusters, totals }: RunReport, withSection: number, zone?: string): Markup {
  const most = clusters.reduce((peak, { queries }) => Math.max(peak, queries.total), 1);
  const rows = clusters
    .slice(0, rowsShown)
    .map((cluster, position) => row(cluster, most, totals.queries, position < withSection, zone));
  const columns = heads(offsetsOf(clusters, zone));
  const caption = `Suspect clusters by rank; shares are of all ${count(totals.queries)} queries`;
  return html`<section aria-labelledby="ranking"><h2 id="ranking">Who took how much</h2>
<p class="legend"><span class="key bar-key">queries that carry the cluster’s evidence</span> <span class="key rest-key">other queries of its accounts</span></p>
${dataTable(caption, columns, rows.slice(0, withSection), 'ranking')}${others(columns, rows.slice(withSection), clusters.length - rowsShown)}</section>
`;
}

function others(columns: readonly Head[], rows: readonly Markup[], hidden: number): Markup {
  if (rows.length === 0) return nothing;
  const note =
    hidden > 0 ? html`<p class="note">${count(hidden, 'more cluster')}: all are in the JSON report.</p>` : nothing;
  return html`<details class="screen"><summary>${count(rows.length, 'more cluster')}</summary>${dataTable('Clusters of lower rank', columns, rows, 'ranking')}${note}</details>
`;
}

function row(cluster: ReportCluster, most: number, all: number, hasSection: boolean, zone?: string): Markup {
  const { rank, id, score, accounts, queries, firstSeen, lastSeen } = cluster;
  const [own, total] = [queries.attributed, queries.total].map((value) => tenth((barWidth * value) / most));
  const name = hasSection ? html`<a href="#${id}">${id}</a>` : html`${id}`;
  return html`<tr><td>${rank}</td><th scope="row">${name}</th><td>${levelMark(cluster)}</td><td>${score.toFixed(2)}</td><td>${count(accounts.count)}</td><td>${count(queries.attributed)} of ${count(queries.total)}</td><td><svg class="rank" viewBox="0 0 ${barWidth} 14" aria-hidden="true"><path class="rest" d="M0 7h${total ?? 0}"/><path class="full" d="M0 7h${own ?? 0}"/></svg></td><td>${percent(queries.attributed / Math.max(1, all))}</td><td>${dayRange(firstSeen, lastSeen, zone)}</td></tr>
`;
}

/** The level in words, and whether the cluster is known already. */
export function levelMark({ level, known }: ReportCluster): Markup {
  return html`<span class="level ${level}">${level}</span>${known === undefined ? nothing : html` <span class="level">known: ${known.by}</span>`}`;
}
