import type { ReportCluster } from '../model/report.ts';
import { csvCell, escapeForTerminal } from '../util/escape.ts';
import type { Reporter } from './reporter.ts';
import { rounded } from './round.ts';

type Cell = string | number;

/** Columns in their order; lists stand in one cell, their items apart by ` | `. */
const columns: readonly (readonly [string, (cluster: ReportCluster) => Cell])[] = [
  ['rank', ({ rank }) => rank],
  ['cluster_id', ({ id }) => id],
  ['level', ({ level }) => level],
  ['score', ({ score }) => rounded(score)],
  ['coordination', ({ coordination }) => rounded(coordination)],
  ['extraction', ({ extraction }) => rounded(extraction)],
  ['expected_false', ({ expectedFalse }) => rounded(expectedFalse)],
  ['accounts', ({ accounts }) => accounts.count],
  ['core_accounts', ({ accounts }) => accounts.core],
  ['entities', ({ entities }) => entities],
  ['queries', ({ queries }) => queries.total],
  ['attributed_queries', ({ queries }) => queries.attributed],
  ['input_tokens', ({ tokens }) => tokens.input],
  ['output_tokens', ({ tokens }) => tokens.output],
  ['first_seen', ({ firstSeen }) => firstSeen],
  ['last_seen', ({ lastSeen }) => lastSeen],
  ['evidence', ({ evidence }) => list(evidence.map(({ detector, summary }) => `${detector}: ${summary}`))],
  ['counter_evidence', ({ counterEvidence }) => list(counterEvidence)],
  ['innocent_causes', ({ innocentCauses }) => list(innocentCauses)],
  ['known', ({ known }) => known?.by ?? ''],
];

/** One row a cluster, safe to open in a spreadsheet; control characters are shown as escapes. */
export const csv: Reporter = {
  format: 'csv',
  extensions: ['.csv'],
  render: ({ clusters }) =>
    [columns.map(([name]) => name), ...clusters.map((cluster) => columns.map(([, cell]) => shown(cell(cluster))))]
      .map((cells) => `${cells.map(csvCell).join(',')}\n`)
      .join(''),
};

function list(items: readonly string[]): string {
  return items.join(' | ');
}

function shown(cell: Cell): Cell {
  return typeof cell === 'string' ? escapeForTerminal(cell) : cell;
}
