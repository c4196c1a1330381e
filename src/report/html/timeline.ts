import type { ReportCluster, RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { bars, drawing, figure, placeLabels, plotWidth, stairs, valueAxis, wideFrame } from './chart.ts';
import { dataTable } from './data-table.ts';
import { daysBetween, shortDay } from './days.ts';
import { html, type Markup, nothing } from './markup.ts';
import { tenth } from './numbers.ts';

const labelsShown = 8;

/** Of more days than this there is no room for figures above the bars. */
const countedDays = 16;

/** Queries a day against what the same number of queries would be in everybody's rhythm, with what happened on the way. */
export function timeline(cluster: ReportCluster, { population }: RunReport): Markup {
  const { byDay } = cluster.queries;
  const known = [...(population?.byDay ?? []), ...byDay].map(({ day }) => day).sort();
  const days = daysBetween(known[0] ?? cluster.firstSeen, known[known.length - 1] ?? cluster.lastSeen);
  const own = onDays(days, byDay);
  const all = onDays(days, population?.byDay ?? []);
  const everybody = Math.max(
    1,
    all.reduce((sum, value) => sum + value, 0),
  );
  const expected = all.map((value) => (value * cluster.queries.total) / everybody);
  const { y, lines } = valueAxis(wideFrame, Math.max(...own, ...expected));
  const labelled = days.map((day, place) => ({ at: (place + 0.5) / days.length, text: shortDay(day) }));
  const every = Math.ceil(days.length / labelsShown);
  const busiest = own.indexOf(Math.max(...own));
  const drawn = drawing(
    `${cluster.id}-days`,
    wideFrame,
    `Queries of ${cluster.id} by day`,
    `${count(days.length, 'day')}. Most queries on ${days[busiest] ?? '-'}: ${count(own[busiest] ?? 0)}.`,
    [
      ...lines,
      bars(wideFrame, own, y),
      population === undefined ? nothing : stairs(wideFrame, expected, y),
      ...events(cluster, population, days),
      ...placeLabels(
        wideFrame,
        labelled.filter((_, place) => place % every === 0),
      ),
    ],
  );
  const series: (readonly [string, readonly number[]])[] = [
    ['this cluster', own],
    ['all accounts', all],
  ];
  const refusals = cluster.exhibits?.lastRefusals;
  if (refusals !== undefined) series.push(['members refused at their last call', onDays(days, refusals)]);
  const hasEvents = {
    releases: (population?.releases ?? []).length > 0,
    refusals: (refusals ?? []).length > 0,
  };
  return figure('Queries a day', drawn, legend(population !== undefined, hasEvents), [figures(days, series)]);
}

function legend(hasPopulation: boolean, { releases, refusals }: { releases: boolean; refusals: boolean }): Markup {
  const keys = [
    html`<span class="key bar-key">this cluster</span> `,
    hasPopulation ? html`<span class="key line-key">as many queries in the rhythm of all accounts</span> ` : nothing,
    releases ? html`<span class="key">▼ first use of a new model</span> ` : nothing,
    refusals ? html`<span class="key">✕ members refused (401, 403) at their last call</span>` : nothing,
  ];
  return html`<p class="legend">${keys}</p>`;
}

/** Releases and bans at the top of the plot. */
function events({ exhibits }: ReportCluster, population: RunReport['population'], days: readonly string[]): Markup[] {
  const x = (day: string): number =>
    tenth(wideFrame.left + ((days.indexOf(day) + 0.5) / days.length) * plotWidth(wideFrame));
  const isShown = ({ day }: { readonly day: string }): boolean => days.includes(day);
  const releases = (population?.releases ?? [])
    .filter(isShown)
    .map(
      ({ model, day }) =>
        html`<g class="event"><title>${model}: first used on ${day}</title><path d="M${x(day)} ${wideFrame.top}V${wideFrame.height - wideFrame.bottom}"/><text class="mid" x="${x(day)}" y="11">▼ ${shorter(model)}</text></g>`,
    );
  const refusals = (exhibits?.lastRefusals ?? [])
    .filter(isShown)
    .map(
      ({ day, count: members }) =>
        html`<g class="event"><title>${count(members, 'member')} refused at the last call, on ${day}</title><text class="mid" x="${x(day)}" y="23">✕${days.length > countedDays ? '' : members}</text></g>`,
    );
  return [...releases, ...refusals];
}

function shorter(model: string): string {
  return model.length > 16 ? `${model.slice(0, 15)}…` : model;
}

/** The same in figures, for those who do not see the drawing. */
function figures(days: readonly string[], series: readonly (readonly [string, readonly number[]])[]): Markup {
  const rows = days.map(
    (day, place) =>
      html`<tr><th scope="row">${day}</th>${series.map(([, values]) => html`<td>${count(values[place] ?? 0)}</td>`)}</tr>`,
  );
  const heads = ['day', ...series.map(([name]) => name)];
  return html`<details class="screen"><summary>Figures by day</summary>${dataTable('Queries by day (UTC)', heads, rows)}</details>`;
}

function onDays(
  days: readonly string[],
  counts: readonly { readonly day: string; readonly count: number }[],
): number[] {
  const byDay = new Map(counts.map(({ day, count }) => [day, count]));
  return days.map((day) => byDay.get(day) ?? 0);
}
