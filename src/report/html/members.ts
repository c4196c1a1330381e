import type { ReportCluster } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { shorten } from '../wrap.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup, nothing } from './markup.ts';

const heads = ['account', 'role', 'queries', 'attributed'];
const longestId = 80;
const idsShown = 500;

/** Members with what they sent, and their ids; both end at a number that is said. */
export function members({ id, accounts, exhibits }: ReportCluster): Markup {
  return html`${exhibits === undefined ? nothing : memberTable(id, accounts.count, exhibits.members)}${ids(accounts)}`;
}

function memberTable(id: string, total: number, shown: NonNullable<ReportCluster['exhibits']>['members']): Markup {
  const rows = [...shown]
    .sort(
      (left, right) =>
        right.attributed - left.attributed || right.queries - left.queries || (left.id < right.id ? -1 : 1),
    )
    .map(
      (member) =>
        html`<tr><th scope="row"><code>${shorten(member.id, longestId)}</code></th><td>${member.role}</td><td>${count(member.queries)}</td><td>${count(member.attributed)}</td></tr>`,
    );
  const summary =
    shown.length < total ? `${count(shown.length)} of ${count(total)} members` : `All ${count(total, 'member')}`;
  const note =
    shown.length < total
      ? html`<p class="note">Half of them have most attributed queries, half are spread over the others by first call. All are in the file that scan --accounts writes.</p>`
      : nothing;
  return html`<details><summary>${summary} with their queries</summary>${note}${dataTable(`Members of ${id}, most attributed queries first`, heads, rows)}</details>
`;
}

function ids({ ids, count: total }: ReportCluster['accounts']): Markup {
  const summary =
    ids.length > idsShown
      ? `First ${count(idsShown)} of ${count(total)} account ids`
      : `All ${count(total, 'account id')}`;
  return html`<details class="screen"><summary>${summary}</summary><p class="ids">${ids.slice(0, idsShown).map((one) => html`<code>${shorten(one, longestId)}</code> `)}</p></details>
`;
}
