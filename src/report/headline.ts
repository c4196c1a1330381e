import type { RunReport } from '../model/report.ts';
import { levels } from '../util/level.ts';
import { count } from '../util/text.ts';

/** One sentence on what was found. */
export function headline({ clusters, totals }: RunReport): string {
  if (totals.accounts === 0) return 'No usable row in the input.';
  const accounts = count(totals.accounts, 'account');
  const queries = count(totals.queries, 'query', 'queries');
  if (clusters.length === 0) return `No suspect cluster among ${accounts} and ${queries}.`;
  const byLevel = levels
    .toReversed()
    .map((level) => `${count(clusters.filter((one) => one.level === level).length)} ${level}`);
  return (
    `${count(clusters.length, 'suspect cluster')} (${byLevel.join(', ')}): ` +
    `${count(totals.suspectAccounts)} of ${accounts}, ${count(totals.suspectQueries)} of ${queries}.`
  );
}

/** Why nothing may have been found although something may be there; nothing to say where something was found. */
export function whyNothing({ clusters, totals, detectors }: RunReport): string[] {
  if (clusters.length > 0) return [];
  if (totals.rowsRead === 0) return ['The input holds no rows.'];
  if (totals.accounts === 0) return ['Every row was rejected, for the reasons below.'];
  const skipped = detectors.filter(({ state }) => state === 'skipped').length;
  const idle = detectors.filter(({ state, links }) => state === 'ran' && links === 0).map(({ id }) => id);
  return [
    ...(skipped === 0
      ? []
      : [
          `${count(skipped, 'detector')} could not run for the reasons below, so part of what could be seen was not looked for.`,
        ]),
    ...(idle.length === 0 ? [] : [`Nothing that different accounts share was seen by ${idle.join(', ')}.`]),
    ...(totals.rejectedRows === 0 ? [] : [`Rows not used: ${count(totals.rejectedRows)}.`]),
    'A network that shares nothing which this input records stays unseen.',
  ];
}
