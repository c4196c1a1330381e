import type { ReportExhibits } from '../../model/exhibits.ts';
import type { Family, ReportCluster, RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { shorten } from '../wrap.ts';
import { drawing, type Frame, figure } from './chart.ts';
import { dataTable } from './data-table.ts';
import { fitInto, type Link, type Point, placeNodes } from './layout.ts';
import { html, type Markup, nothing } from './markup.ts';
import { tenth } from './numbers.ts';

const frame: Frame = { width: 720, height: 400, left: 20, right: 20, top: 20, bottom: 20 };
const longestText = 120;

/** Letters beside colours, so that nobody needs to tell colours apart. */
const letters: Readonly<Record<Family, string>> = {
  identity: 'I',
  network: 'N',
  content: 'C',
  timing: 'T',
  shape: 'S',
};

/** Members and the values that they share, core and fringe apart. */
export function evidenceGraph(cluster: ReportCluster, { detectors }: RunReport): Markup {
  const { exhibits, id, accounts } = cluster;
  if (exhibits === undefined || exhibits.values.length === 0) return nothing;
  const families = new Map(detectors.map((one) => [one.id, one.family]));
  const { members, values } = exhibits;
  const links = linksOf(exhibits);
  const places = fitInto(
    placeNodes(members.length + values.length, links),
    frame.left,
    frame.top,
    frame.width - frame.left - frame.right,
    frame.height - frame.top - frame.bottom,
  );
  const at = (node: number): Point => places[node] ?? { x: 0, y: 0 };
  const used = [...new Set(values.map(({ detector }) => families.get(detector) ?? 'identity'))];
  const drawn = drawing(
    `${id}-graph`,
    frame,
    `Members of ${id} and what they share`,
    `${count(members.length, 'member')} and ${count(values.length, 'shared value')}; figures are in the table of shared values.`,
    [
      ...lines(links, at),
      ...members.map(({ id: member, role, queries }, node) => {
        const { x, y } = at(node);
        return html`<circle class="${role}" cx="${tenth(x)}" cy="${tenth(y)}" r="5"><title>${member}: ${role}, ${count(queries, 'query', 'queries')}</title></circle>`;
      }),
      ...values.map((value, position) => {
        const family = families.get(value.detector) ?? 'identity';
        return valueMark(at(members.length + position), family, accounts.count, value);
      }),
    ],
  );
  return figure('What ties them together', drawn, legend(used, members.length, accounts.count), [
    sharedValues(exhibits),
  ]);
}

function linksOf({ members, values }: ReportExhibits): Link[] {
  return values.flatMap(({ use }, value) =>
    members.flatMap((_, member) => {
      const digit = Number(use[member] ?? 0);
      return digit > 0 ? [{ from: member, to: members.length + value, weight: digit / 9 }] : [];
    }),
  );
}

/** Links in three shades, a path each. */
function lines(links: readonly Link[], at: (node: number) => Point): Markup[] {
  const paths = new Map<number, string>();
  for (const { from, to, weight } of links) {
    const shade = Math.ceil(weight * 3);
    const [start, end] = [at(from), at(to)];
    paths.set(shade, `${paths.get(shade) ?? ''}M${tenth(start.x)} ${tenth(start.y)}L${tenth(end.x)} ${tenth(end.y)}`);
  }
  return [...paths]
    .sort(([left], [right]) => left - right)
    .map(([shade, path]) => html`<path class="link l${shade}" d="${path}"/>`);
}

function valueMark(
  { x, y }: Point,
  family: Family,
  memberCount: number,
  value: ReportExhibits['values'][number],
): Markup {
  const size = 14 + 10 * Math.sqrt(value.accounts / Math.max(1, memberCount));
  const [left, top] = [tenth(x - size / 2), tenth(y - size / 2)];
  const words = `${value.detector}: ${shorten(value.text, longestText)}, ${count(value.accounts, 'member')}, ${count(value.outsiders, 'outside account')}`;
  return html`<g class="value ${family}"><title>${words}</title><rect x="${left}" y="${top}" width="${tenth(size)}" height="${tenth(size)}" rx="3"/><text class="mid" x="${tenth(x)}" y="${tenth(y + 4)}">${letters[family]}</text></g>`;
}

function legend(families: readonly Family[], shown: number, memberCount: number): Markup {
  const sampled = shown < memberCount ? `${count(shown)} of ${count(memberCount)} members` : 'all members';
  const keys = families.map((family) => html`<span class="key">${letters[family]} ${family}</span> `);
  return html`<p class="legend">${sampled} (● core, ○ fringe) and the values that most of them share, the larger the more: ${keys}</p>`;
}

function sharedValues({ values }: ReportExhibits): Markup {
  const rows = values.map(
    ({ detector, text, accounts, outsiders }) =>
      html`<tr><td>${detector}</td><td class="text"><code>${shorten(text, longestText)}</code></td><td>${count(accounts)}</td><td>${count(outsiders)}</td></tr>`,
  );
  return html`<details><summary>Shared values in figures</summary>${dataTable('Values that most members share', ['detector', 'value', 'members', 'outside accounts'], rows)}</details>`;
}
