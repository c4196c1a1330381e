import type { ReportCluster, RunReport } from '../../model/report.ts';
import { count } from '../../util/text.ts';
import { askedText } from '../asked-text.ts';
import { dayCount, dayRange, offsetsOf } from '../span.ts';
import { shorten } from '../wrap.ts';
import { distributions } from './distributions.ts';
import { evidenceGraph } from './evidence-graph.ts';
import { evidenceTable, meter } from './evidence-table.ts';
import { heatMap } from './heat-map.ts';
import { html, type Markup } from './markup.ts';
import { members } from './members.ts';
import { levelMark } from './overview.ts';
import { timeline } from './timeline.ts';

const modelsShown = 6;

/** Beyond this the estimate has no meaning any more. */
const leastExpected = 1e-9;

/** Everything about one cluster. */
export function clusterSection(cluster: ReportCluster, report: RunReport, zone?: string): Markup {
  const { rank, id } = cluster;
  return html`<section class="cluster" id="${id}" aria-labelledby="${id}-h"><h3 id="${id}-h">${rank}. <code>${id}</code> ${levelMark(cluster)}</h3>
${figures(cluster, zone)}
${evidenceTable(cluster)}
${rawPrompts(cluster)}${timeline(cluster, report)}
${heatMap(cluster, report)}
${evidenceGraph(cluster, report)}
<div class="charts">${distributions(cluster, report)}</div>
${members(cluster)}<p class="screen"><a href="#ranking">Back to the ranking</a></p></section>
`;
}

function figures(
  { accounts, entities, queries, tokens, score, coordination, extraction, asked, ...cluster }: ReportCluster,
  zone?: string,
): Markup {
  const models = Object.entries(queries.byModel).sort(
    ([one, left], [other, right]) => right - left || (one < other ? -1 : 1),
  );
  const named = models
    .slice(0, modelsShown)
    .map(([model, calls]) => html`<code>${shorten(model, 60)}</code> ${count(calls)} `);
  const rest = models.length > modelsShown ? `and ${count(models.length - modelsShown)} more` : '';
  const days = dayCount(cluster.firstSeen, cluster.lastSeen, zone);
  const pairs: (readonly [string, Markup])[] = [
    [
      'accounts',
      html`${count(accounts.count)}, of which ${count(accounts.core)} core; ${count(entities, 'entity', 'entities')}`,
    ],
    ['queries', html`${count(queries.attributed)} attributed of ${count(queries.total)}`],
    ['tokens', html`${count(tokens.input)} in, ${count(tokens.output)} out`],
    [
      'span',
      html`${dayRange(cluster.firstSeen, cluster.lastSeen, zone)} (${offsetsOf([cluster], zone)}), ${count(days, 'day')}`,
    ],
    ['models', html`${named}${rest}`],
    ...(asked === undefined ? [] : [['what they were after', html`${askedText(asked)}`] as const]),
    ['coordination', html`${meter(coordination)} is this one hidden actor?`],
    ['extraction', html`${meter(extraction)} does the traffic look like harvesting?`],
    ['score', html`${meter(score)}`],
    ['by chance', html`${expected(cluster.expectedFalse)} clusters of this strength in a run like this`],
  ];
  return html`<dl>${pairs.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function rawPrompts({ asked }: ReportCluster): Markup {
  const examples = asked?.examples ?? [];
  if (examples.length === 0) return html``;
  return html`<h4>Raw prompts (--show-text): private</h4>
<ul>${examples.map((text) => html`<li><code>${text}</code></li>`)}</ul>
`;
}

function expected(clusters: number): string {
  return clusters < leastExpected ? `fewer than ${leastExpected}` : String(Number(clusters.toPrecision(2)));
}
