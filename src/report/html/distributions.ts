import type { TokenHistogram } from '../../model/exhibits.ts';
import type { ReportCluster, RunReport } from '../../model/report.ts';
import { bars, drawing, figure, placeLabels, smallFrame, stairs, valueAxis } from './chart.ts';
import { html, type Markup, nothing } from './markup.ts';
import { percent, shortNumber } from './numbers.ts';

const legend = html`<p class="legend"><span class="key bar-key">this cluster</span> <span class="key line-key">all accounts</span></p>`;

/** Shares of the cluster's queries by hour of the day, input and output tokens, against everybody's. */
export function distributions({ exhibits, id }: ReportCluster, { population }: RunReport): Markup[] {
  if (exhibits === undefined || population === undefined) return [];
  const hourLabels = [0, 6, 12, 18].map((hour) => ({ at: (hour + 0.5) / 24, text: `${hour}:00` }));
  return [
    compare(`${id}-hours`, 'Hour of the day (UTC)', exhibits.byHourOfDay, population.byHourOfDay, hourLabels),
    tokens(`${id}-input`, 'Input tokens of a query', exhibits.inputTokens, population.inputTokens),
    tokens(`${id}-output`, 'Output tokens of a query', exhibits.outputTokens, population.outputTokens),
  ];
}

function tokens(id: string, heading: string, own?: TokenHistogram, all?: TokenHistogram): Markup {
  if (own === undefined || all === undefined) return nothing;
  const first = Math.min(own.firstBin, all.firstBin);
  const end = Math.max(own.firstBin + own.counts.length, all.firstBin + all.counts.length);
  const spread = ({ firstBin, counts }: TokenHistogram): number[] =>
    Array.from({ length: end - first }, (_, bin) => counts[first + bin - firstBin] ?? 0);
  // Bin b begins at 2^(b/2) - 1 tokens.
  const labels = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
    .map((value) => ({ at: (2 * Math.log2(1 + value) - first) / (end - first), text: shortNumber(value) }))
    .filter(({ at }) => at >= 0.02 && at <= 0.98);
  return compare(id, heading, spread(own), spread(all), labels);
}

function compare(
  id: string,
  heading: string,
  own: readonly number[],
  all: readonly number[],
  labels: readonly { readonly at: number; readonly text: string }[],
): Markup {
  const [ownShares, allShares] = [shares(own), shares(all)];
  const { y, lines } = valueAxis(smallFrame, Math.max(...ownShares, ...allShares), percent);
  const overlap = ownShares.reduce((sum, share, place) => sum + Math.min(share, allShares[place] ?? 0), 0);
  const drawn = drawing(
    id,
    smallFrame,
    `${heading}, share of queries`,
    `Overlap with all accounts: ${percent(overlap)}.`,
    [...lines, bars(smallFrame, ownShares, y), stairs(smallFrame, allShares, y), ...placeLabels(smallFrame, labels)],
  );
  return figure(`${heading}`, drawn, legend, [
    html`<p class="note">${percent(overlap)} of both distributions coincide.</p>`,
  ]);
}

function shares(counts: readonly number[]): number[] {
  const total = Math.max(
    1,
    counts.reduce((sum, value) => sum + value, 0),
  );
  return counts.map((value) => value / total);
}
