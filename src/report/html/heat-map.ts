import type { ReportExhibits, TimeAxis } from '../../model/exhibits.ts';
import type { ReportCluster, RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { drawing, type Frame, figure, placeLabels, plotWidth } from './chart.ts';
import { isoDay, shortDay } from './days.ts';
import { html, type Markup, nothing } from './markup.ts';
import { tenth } from './numbers.ts';

const rowHeight = 9;
const rowGap = 1;
const left = 80;

/** The first two rows have labels of their own and need the room for them. */
const headStep = 14;
const labelsShown = 8;

/** Who was active when: a row a member in order of their first calls, so that shifts, relays and common bursts show. */
export function heatMap(cluster: ReportCluster, { population }: RunReport): Markup {
  const { exhibits, accounts, id } = cluster;
  if (exhibits === undefined || population === undefined) return nothing;
  const { axis } = population;
  const top = 2 * headStep + 4;
  const height = top + exhibits.members.length * (rowHeight + rowGap) + 24;
  const frame: Frame = { width: 720, height, left, right: 8, top, bottom: 22 };
  const shown = exhibits.members.length;
  const sampled = shown < accounts.count ? `${count(shown)} of ${count(accounts.count)} members` : 'all members';
  const drawn = drawing(
    `${id}-heat`,
    frame,
    `Activity of ${id} by member and time`,
    `${sampled}, a row each; columns of ${hours(axis)}.`,
    [
      row(frame, axis, 0, population.activity, 'all accounts', 'everybody'),
      row(frame, axis, headStep, exhibits.activity, 'all members', 'together'),
      ...memberRows(frame, axis, exhibits),
      ...placeLabels(frame, dayLabels(axis)),
    ],
  );
  const legend = html`<p class="legend">${sampled}, in the order of their first calls; a column is ${hours(axis)}, the stronger its colour the more queries.</p>`;
  return figure('Activity by member and time', drawn, legend);
}

function hours({ slotHours }: TimeAxis): string {
  return slotHours % 24 === 0 ? count(slotHours / 24, 'day') : count(slotHours, 'hour');
}

function memberRows(frame: Frame, axis: TimeAxis, { members }: ReportExhibits): Markup[] {
  const step = rowHeight + rowGap;
  const labels = [
    html`<text class="end" x="${left - 6}" y="${frame.top + 8}">first to call</text>`,
    members.length < 3
      ? nothing
      : html`<text class="end" x="${left - 6}" y="${frame.top + members.length * step - 1}">last to call</text>`,
  ];
  const rows = members.map(({ id, role, queries, activity }, position) =>
    row(
      frame,
      axis,
      frame.top + position * step,
      activity,
      '',
      role,
      `${id}: ${role}, ${count(queries, 'query', 'queries')}`,
    ),
  );
  return [...labels, ...rows];
}

/** One row of cells; neighbours of one shade are drawn as one line as thick as the row. */
function row(
  frame: Frame,
  { slots }: TimeAxis,
  y: number,
  digits: string,
  label: string,
  kind: string,
  title = label,
): Markup {
  const shades = new Map<number, string>();
  for (let slot = 0; slot < slots; ) {
    const shade = shadeOf(digits[slot]);
    let end = slot + 1;
    while (end < slots && shadeOf(digits[end]) === shade) end += 1;
    if (shade > 0) shades.set(shade, `${shades.get(shade) ?? ''}M${slot} 0h${end - slot}`);
    slot = end;
  }
  const cells = [...shades]
    .sort(([left], [right]) => left - right)
    .map(([shade, path]) => html`<path class="s${shade}" d="${path}"/>`);
  const middle = tenth(y + rowHeight / 2);
  const text = label === '' ? nothing : html`<text class="end" x="${left - 6}" y="${middle + 4}">${label}</text>`;
  return html`${text}<g class="row ${kind}" transform="translate(${left} ${middle}) scale(${tenth((1000 * plotWidth(frame)) / slots) / 1000} 1)"><title>${title}</title><path class="s0" d="M0 0h${slots}"/>${cells}</g>`;
}

/** Nine digits in five shades. */
function shadeOf(digit = '0'): number {
  return Math.ceil(Number(digit) / 2);
}

function dayLabels({ from, slotHours, slots }: TimeAxis): { at: number; text: string }[] {
  const days = (slots * slotHours) / 24;
  const every = Math.max(1, Math.ceil(days / labelsShown));
  return Array.from({ length: Math.ceil(days / every) }, (_, label) => ({
    at: (label * every + 0.5) / days,
    text: shortDay(isoDay(Date.parse(from) + label * every * 86_400_000)),
  })).filter(({ at }) => at < 0.98);
}
