import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ExhibitValue } from '../model/exhibits.ts';
import type { AccountVerdict } from '../model/scored.ts';
import { digits } from './digits.ts';
import { shownText } from './shown-text.ts';

const valuesShown = 6;

/**
 * By rank, the values that most of the chosen members share, some of each detector, and how much each of them uses them.
 * Needs the relations `reported`, `cluster_values` and `exhibit_places`.
 */
export async function exhibitValues(
  { engine }: RunContext,
  calls: Calls,
  evidence: Evidence,
  chosen: readonly (readonly AccountVerdict[])[],
): Promise<Map<number, ExhibitValue[]>> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE exhibit_values AS
    SELECT r.rank, v.detector, c.value, v.text, count(p.account)::INTEGER AS accounts,
      count(*) FILTER (WHERE p.place >= 0)::INTEGER AS sampled,
      (count(*) - count(p.account))::INTEGER AS outsiders
    FROM reported r JOIN cluster_values c USING (cluster) JOIN ${identifier(evidence.relation)} v USING (value)
    JOIN evidence_links l USING (value) LEFT JOIN exhibit_places p ON p.rank = r.rank AND p.account = l.account
    WHERE r.rank <= ${chosen.length} GROUP BY r.rank, v.detector, c.value, v.text
    QUALIFY row_number() OVER (PARTITION BY r.rank, v.detector ORDER BY sampled DESC, accounts DESC, c.value) <= ${valuesShown}`);
  const rows = await engine.query(sql`
    SELECT e.rank, e.detector, e.value, ${shownText(calls, sql`e.text`)} AS text, e.accounts, e.outsiders, p.place, coalesce(l.queries, 0) / a.queries AS share
    FROM exhibit_values e JOIN exhibit_places p ON p.rank = e.rank AND p.place >= 0 JOIN accounts a USING (account)
    LEFT JOIN evidence_links l ON l.value = e.value AND l.account = p.account
    ORDER BY e.rank, e.detector, e.sampled DESC, e.accounts DESC, e.value, p.place`);
  const found = new Map<number, Map<number, ExhibitValue & { shares: number[] }>>();
  for (const { rank, detector, value, text, accounts, outsiders, share } of rows) {
    const values = found.get(rank) ?? new Map();
    const id = evidence.runs[detector]?.id ?? '';
    const known = values.get(value) ?? { detector: id, text, accounts, outsiders, shares: [] };
    known.shares.push(share);
    values.set(value, known);
    found.set(rank, values);
  }
  return new Map(
    [...found].map(([rank, values]) => [
      rank,
      [...values.values()].map(({ shares, ...value }) => ({ ...value, use: digits(shares, 1) })),
    ]),
  );
}
