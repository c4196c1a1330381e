import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { sql } from '../engine/sql.ts';

/** What was written. */
export interface SimulateSummary {
  readonly accounts: number;
  readonly queries: number;
  /** `queries` counts what was sent for the campaign; its accounts send other things too. */
  readonly campaigns: readonly { readonly name: string; readonly accounts: number; readonly queries: number }[];
}

/** Writes `labels.csv` and `truth.json` from the tables `accounts` and `sent`. */
export async function writeTruth(engine: Engine, directory: string): Promise<SimulateSummary> {
  const rows = await engine.query(sql`
    SELECT account_id, label, kind, sum(queries)::DOUBLE AS queries,
      coalesce(sum(queries) FILTER (label <> '' AND NOT is_cover), 0)::DOUBLE AS campaign_queries
    FROM accounts JOIN sent USING (account_id) GROUP BY ALL HAVING sum(queries) > 0 ORDER BY account_id`);
  const lines = ['account_id,label,kind,queries'];
  const campaigns = new Map<string, { name: string; accounts: number; queries: number }>();
  let queries = 0;
  for (const row of rows) {
    lines.push(`${row.account_id},${row.label},${row.kind},${row.campaign_queries}`);
    queries += row.queries;
    if (row.label === '') continue;
    const campaign = campaigns.get(row.label) ?? { name: row.label, accounts: 0, queries: 0 };
    campaign.accounts += 1;
    campaign.queries += row.campaign_queries;
    campaigns.set(row.label, campaign);
  }
  const summary = {
    accounts: rows.numRows,
    queries,
    campaigns: [...campaigns.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
  };
  await writeFile(join(directory, 'labels.csv'), `${lines.join('\n')}\n`);
  await writeFile(join(directory, 'truth.json'), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
