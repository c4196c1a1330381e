import type { ReportCluster, ReportEvidence } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { shorten } from '../wrap.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { tenth } from './numbers.ts';

const heads = ['what was seen', 'family', 'strength', 'members', 'examples'];
const longestText = 120;

/** The claims with their numbers, and what speaks or may speak against them. */
export function evidenceTable({ id, evidence, accounts, counterEvidence, innocentCauses }: ReportCluster): Markup {
  const rows = evidence.map((item) => row(item, accounts.count));
  return html`<h4>Evidence</h4>
${dataTable(`Evidence for ${id}, strongest first`, heads, rows)}
<div class="columns"><div><h4>Speaks against it</h4>${list(counterEvidence, 'Nothing that was looked for.')}</div><div><h4>Innocent causes to rule out</h4>${list(innocentCauses, 'None is known for this evidence.')}</div></div>
`;
}

function row({ detector, family, strength, accounts, summary, examples }: ReportEvidence, members: number): Markup {
  return html`<tr><th scope="row" class="text">${shorten(summary, 400)} <small>${detector}</small></th><td>${family}</td><td>${meter(strength)}</td><td>${count(accounts)} of ${count(members)}</td><td class="text">${examples.map((text) => html`<code>${shorten(text, longestText)}</code> `)}</td></tr>`;
}

/** A share 0..1 as a bar and a number. */
export function meter(share: number): Markup {
  return html`<svg class="meter" viewBox="0 0 60 8" aria-hidden="true"><path class="s0" d="M0 4h60"/><path class="full" d="M0 4h${tenth(60 * share)}"/></svg> ${share.toFixed(2)}`;
}

function list(texts: readonly string[], none: string): Markup {
  if (texts.length === 0) return html`<p>${none}</p>`;
  return html`<ul>${texts.map((text) => html`<li>${shorten(text, 400)}</li>`)}</ul>`;
}
