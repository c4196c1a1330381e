import Table from 'cli-table3';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import type { Evaluation } from './evaluate.ts';

/** An evaluation as text. */
export function renderEvaluation(evaluation: Evaluation): string {
  const { level, precision, recall, f1, falseClusters } = evaluation;
  const campaigns = new Table({
    head: [
      'campaign',
      'rank',
      'level',
      'accounts',
      'found',
      'precision',
      'recall',
      'queries',
      'total',
      'attributed',
      'error',
    ],
    style: { head: [], border: [], compact: true },
  });
  for (const one of evaluation.campaigns) {
    campaigns.push([
      escapeForTerminal(one.name),
      one.rank ?? '-',
      one.level ?? '-',
      count(one.accounts),
      count(one.clusterAccounts),
      one.precision.toFixed(4),
      one.recall.toFixed(4),
      count(one.queries),
      count(one.clusterQueries),
      count(one.attributedQueries),
      `${(100 * one.countError).toFixed(2)} %`,
    ]);
  }
  const flagged = kindsText(evaluation.falseAccounts);
  return [
    `Clusters at ${level} or above: account precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}, ` +
      `adjusted Rand index ${evaluation.adjustedRandIndex.toFixed(4)}`,
    campaigns.toString(),
    `Clusters of mostly honest accounts: ${falseClusters.high} high, ${falseClusters.medium} medium, ${falseClusters.low} low`,
    ...evaluation.falsePositives.map(
      ({ rank, level: found, kinds }) => `  rank ${rank}, ${found}: ${kindsText(kinds)}`,
    ),
    `Flagged honest accounts: ${flagged || 'none'}`,
    '',
  ].join('\n');
}

function kindsText(kinds: Readonly<Record<string, number>>): string {
  return Object.entries(kinds)
    .map(([kind, number]) => `${escapeForTerminal(kind)}: ${count(number)}`)
    .join(', ');
}
