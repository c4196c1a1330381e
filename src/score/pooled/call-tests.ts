import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../../engine/context.ts';
import { identifier, type Sql, sql } from '../../engine/sql.ts';
import type { Calls } from '../../model/calls.ts';
import { rounded } from '../../util/text.ts';
import type { PooledTest } from './test.ts';

/** A test whose figure has to be read from the calls. */
export interface CallTest extends PooledTest {
  readonly isPossible: (calls: Calls) => boolean;
  /** Rows (cluster, draw, figure) over the relation `drawn` (cluster, draw, account_id). */
  readonly figures: (context: RunContext, calls: Calls) => Sql | Promise<Sql>;
}

const slotSeconds = 300;

export const callTests: readonly CallTest[] = [
  {
    id: 'even-arrivals',
    family: 'timing',
    matchesVolume: true,
    isPossible: () => true,
    // Of neighbouring slots, so that daily and weekly rhythms cancel (after von Neumann's ratio). 0 for independent calls.
    figures: ({ engine }, calls) => sql`
      WITH slots AS (
          SELECT cluster, draw, (${engine.dialect.epochSeconds(sql`timestamp`)} // ${slotSeconds})::BIGINT AS slot, count(*) AS calls
          FROM ${identifier(calls.relation)} JOIN drawn USING (account_id) GROUP BY ALL),
        steps AS (
          SELECT cluster, draw, calls, coalesce(lead(slot) OVER line = slot + 1, false) AS is_followed, lead(calls) OVER line AS next
          FROM slots WINDOW line AS (PARTITION BY cluster, draw ORDER BY slot))
      SELECT cluster, draw, ln(sum(CASE WHEN is_followed THEN (calls - next) ** 2 ELSE 2 * calls * calls END)
        / sum(CASE WHEN is_followed THEN calls + next ELSE 2 * calls END)) AS figure
      FROM steps GROUP BY ALL HAVING sum(calls) >= 200`,
    explain: (observed, expected) =>
      `its calls arrive ${rounded(Math.exp(observed))} times as unevenly from slot to slot as independent calls, those of as many similar outsiders ${rounded(Math.exp(expected))} times`,
  },
  {
    id: 'dealt-out-work',
    family: 'content',
    matchesVolume: true,
    isPossible: (calls) => calls.columns.has('prompt_hash'),
    figures: (_, calls) => sql`
      WITH sent AS (
          SELECT cluster, draw, prompt_hash, count(*) AS calls
          FROM ${identifier(calls.relation)} JOIN drawn USING (account_id) WHERE prompt_hash IS NOT NULL GROUP BY ALL)
      SELECT cluster, draw, sqrt(sum(calls - 1) / sum(calls)) AS figure
      FROM sent WHERE ${calls.present(sql`prompt_hash`)} IS NOT NULL GROUP BY ALL HAVING sum(calls) >= 200`,
    explain: (observed, expected) =>
      `${rounded(100 * observed ** 2)} % of its calls repeat a prompt, of those of as many similar outsiders ${rounded(100 * expected ** 2)} %`,
  },
];

/** Makes the relation `drawn` (cluster, draw, account_id); draw 0 is the cluster itself. */
export async function storeDraws(
  { engine }: RunContext,
  accounts: string,
  draws: readonly { readonly cluster: number; readonly draw: number; readonly accounts: Int32Array }[],
): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE numbered_draws (cluster INTEGER, draw INTEGER, account INTEGER)`);
  async function* batches() {
    for (const { cluster, draw, accounts } of draws) {
      yield tableFromArrays({
        cluster: new Int32Array(accounts.length).fill(cluster),
        draw: new Int32Array(accounts.length).fill(draw),
        account: accounts,
      });
    }
  }
  await engine.append('numbered_draws', batches());
  await engine.execute(sql`
    CREATE OR REPLACE TABLE drawn AS
    SELECT DISTINCT cluster, draw, account_id FROM numbered_draws JOIN ${identifier(accounts)} USING (account)`);
}
