import type { Neighbourhood } from '../model/neighbourhood.ts';
import type { RunReport } from '../model/report.ts';
import { grid } from '../report/grid.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { shorten, wrap } from '../report/wrap.ts';
import { count } from '../util/text.ts';
import { explainAccount } from './account.ts';
import { item, section, shown, signed } from './page.ts';

const longestName = 44;

/** The network around an account that somebody suspects, as lines for a terminal: its clusters, and who shares what with it. */
export function explainNeighbourhood(run: RunReport, around: Neighbourhood, style: ReportStyle): string[] {
  const { id, isKnown, values } = around;
  if (!isKnown) return wrap(`${shown(id)} has no usable call in the input.`, style.width, '', '');
  const clusters = run.clusters.filter(({ accounts }) => accounts.ids.includes(id));
  const membership =
    clusters.length > 0
      ? explainAccount(run, id, clusters, style)
      : wrap(`${shown(id)} is in no cluster of this run.`, style.width, '', '');
  const nothing = item(' ', 'Nothing that any detector looks at.', style);
  return [
    ...membership,
    ...section('The rarest things it shares with others', values.length === 0 ? nothing : shared(around, style), style),
    ...section('Who shares them', neighbours(run, around), style),
  ];
}

function shared({ values }: Neighbourhood, style: ReportStyle): string[] {
  return values.flatMap(({ detector, text, sharers, population, queries }) => [
    ...item('+', text, style),
    ...item(
      ' ',
      `${detector}: ${count(sharers)} of ${count(population, 'owner')} use it` +
        `${queries === 0 ? '' : `, ${count(queries, 'query', 'queries')} of this account carry it`}`,
      style,
    ).map((line) => style.paint.dim(line)),
  ]);
}

/** Where they are in a cluster, it is named: a stranger of a known network is a lead. */
function neighbours({ clusters }: RunReport, around: Neighbourhood): string[] {
  const rows = around.neighbours.map(({ id, shared: number, surprise }) => [
    shorten(shown(id), longestName),
    count(number),
    signed(surprise),
    clusters.find(({ accounts }) => accounts.ids.includes(id))?.id ?? '',
  ]);
  if (rows.length === 0) return [];
  const lines = grid(['account', 'shared', 'nats', 'cluster'], rows, ['left', 'right', 'right', 'left'], 2);
  return lines.map((line) => `  ${line}`);
}
