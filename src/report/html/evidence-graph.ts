import type { ExhibitMember, ExhibitValue, ReportExhibits } from '../../model/exhibits.ts';
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

/** Members and the values that they share, core and fringe apart. Those without a tie in the sample would only take room. */
export function evidenceGraph(cluster: ReportCluster, { detectors }: RunReport): Markup {
  const { exhibits, id, accounts } = cluster;
  if (exhibits === undefined || exhibits.values.length === 0) return nothing;
  const families = new Map(detectors.map((one) => [one.id, one.family]));
  const familyOf = (value: ExhibitValue): Family => families.get(value.detector) ?? 'identity';
  const { members, values } = exhibits;
  const links = linksOf(exhibits);
  const at = placesOf(links);
  const tiedMembers = members.filter((_, member) => at(member) !== undefined);
  const tiedValues = values.filter((_, value) => at(members.length + value) !== undefined);
  const drawn = drawing(
    `${id}-graph`,
    frame,
    `Members of ${id} and what they share`,
    `${count(tiedMembers.length, 'member')} and ${count(tiedValues.length, 'shared value')}; figures are in the table of shared values.`,
    [
      ...lines(links, at),
      ...members.map((member, node) => memberMark(at(node), member)),
      ...values.map((value, position) =>
        valueMark(at(members.length + position), familyOf(value), accounts.count, value),
      ),
    ],
  );
  const used = [...new Set(tiedValues.map(familyOf))];
  return figure('What ties them together', drawn, legend(used, tiedMembers.length, accounts.count), [
    sharedValues(exhibits),
  ]);
}

type Place = (node: number) => Point | undefined;

/** Places of the nodes that have links. */
function placesOf(links: readonly Link[]): Place {
  const nodes = [...new Set(links.flatMap(({ from, to }) => [from, to]))].sort((left, right) => left - right);
  const position = new Map(nodes.map((node, place) => [node, place]));
  const moved = links.map(({ from, to, weight }) => ({
    from: position.get(from) ?? 0,
    to: position.get(to) ?? 0,
    weight,
  }));
  const { left, top, width, height, right, bottom } = frame;
  const places = fitInto(placeNodes(nodes.length, moved), left, top, width - left - right, height - top - bottom);
  return (node) => places[position.get(node) ?? -1];
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
function lines(links: readonly Link[], at: Place): Markup[] {
  const paths = new Map<number, string>();
  for (const { from, to, weight } of links) {
    const shade = Math.ceil(weight * 3);
    const [start, end] = [at(from), at(to)];
    if (start === undefined || end === undefined) continue;
    paths.set(shade, `${paths.get(shade) ?? ''}M${tenth(start.x)} ${tenth(start.y)}L${tenth(end.x)} ${tenth(end.y)}`);
  }
  return [...paths]
    .sort(([left], [right]) => left - right)
    .map(([shade, path]) => html`<path class="link l${shade}" d="${path}"/>`);
}

function memberMark(place: Point | undefined, { id, role, queries }: ExhibitMember): Markup {
  if (place === undefined) return nothing;
  return html`<circle class="${role}" cx="${tenth(place.x)}" cy="${tenth(place.y)}" r="5"><title>${id}: ${role}, ${count(queries, 'query', 'queries')}</title></circle>`;
}

function valueMark(place: Point | undefined, family: Family, memberCount: number, value: ExhibitValue): Markup {
  if (place === undefined) return nothing;
  const { x, y } = place;
  const size = 14 + 10 * Math.sqrt(value.accounts / Math.max(1, memberCount));
  const [left, top] = [tenth(x - size / 2), tenth(y - size / 2)];
  const words = `${value.detector}: ${shorten(value.text, longestText)}, ${count(value.accounts, 'member')}, ${count(value.outsiders, 'outside account')}`;
  return html`<g class="value ${family}"><title>${words}</title><rect x="${left}" y="${top}" width="${tenth(size)}" height="${tenth(size)}" rx="3"/><text class="mid" x="${tenth(x)}" y="${tenth(y + 4)}">${letters[family]}</text></g>`;
}

function legend(families: readonly Family[], shown: number, memberCount: number): Markup {
  const sampled = shown < memberCount ? `${count(shown)} of ${count(memberCount)} members` : 'all members';
  const keys = families.map((family) => html`<span class="key">${letters[family]} ${family}</span> `);
  return html`<p class="legend">${sampled} (● core, ○ fringe) and the values that most of these share; a mark is the larger the more of all members use it. ${keys}</p>`;
}

function sharedValues({ values }: ReportExhibits): Markup {
  const rows = values.map(
    ({ detector, text, accounts, outsiders }) =>
      html`<tr><td>${detector}</td><td class="text"><code>${shorten(text, longestText)}</code></td><td>${count(accounts)}</td><td>${count(outsiders)}</td></tr>`,
  );
  return html`<details><summary>Shared values in figures</summary>${dataTable('Values that most of the members shown share', ['detector', 'value', 'members', 'outside accounts'], rows)}</details>`;
}
