import { createHash } from 'node:crypto';
import type { RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { caution, facts } from '../footer.ts';
import { headline, whyNothing } from '../headline.ts';
import { clusterSection } from './cluster-section.ts';
import { constant, html, type Markup, nothing } from './markup.ts';
import { overview } from './overview.ts';
import { style } from './style.ts';

const sectionsShown = 20;

/** Only our own style rules, by their hash; nothing is loaded, run or sent. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** The whole page. */
export function page(report: RunReport, zone?: string): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${constant(policy)}"><meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,"><title>stillhunt: ${count(report.clusters.length, 'suspect cluster')}</title><style>${constant(style)}</style></head>
<body><a class="skip" href="#ranking">Skip to the ranking</a>
<header><h1>stillhunt report</h1><p class="lead">${headline(report)}</p><p class="caution">${caution}</p></header>
<main>${report.clusters.length === 0 ? nothingFound(report) : found(report, zone)}</main>
<footer><h2>What was read</h2><dl>${facts(report, zone).map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl></footer>
</body></html>
`;
}

function found(report: RunReport, zone?: string): Markup {
  const shown = report.clusters.slice(0, sectionsShown);
  const hidden = report.clusters.length - shown.length;
  return html`${overview(report, shown.length, zone)}<h2>Clusters</h2>
${
  hidden === 0
    ? nothing
    : html`<p>The first ${count(shown.length)} by rank; ${count(hidden, 'other')} without details here, all in the JSON report.</p>
`
}${shown.map((cluster) => clusterSection(cluster, report, zone))}`;
}

function nothingFound(report: RunReport): Markup {
  return html`<section aria-labelledby="ranking"><h2 id="ranking">Why nothing may have been found</h2><ul>${whyNothing(report).map((text) => html`<li>${text}</li>`)}</ul></section>
`;
}
