import { processStreams, Terminal } from '../cli/terminal.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { scanWorld, withEngine } from './worlds.ts';

/** Columns that the detectors and features read. */
const usedColumns = [
  'timestamp',
  'org_id',
  'payment_id',
  'email_domain',
  'account_type',
  'ip',
  'model',
  'status',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'prompt_hash',
  'system_prompt_hash',
  'tools_hash',
];

/** Runs one step in a process of its own, so that its peak memory is its own: `measured.js KIND FORMAT GLOB`. */
async function step(kind: string, format: string, glob: string): Promise<void> {
  const source: Sql = format === 'csv' ? sql`read_csv(${glob})` : sql`read_parquet(${glob})`;
  const used = join(usedColumns.map((column) => sql`max(${identifier(column)})`));
  const columns = kind === 'limit' ? sql`count(*), ${used}` : sql`count(*)`;
  if (kind === 'scan') await scanWorld([glob]);
  else
    await withEngine((engine) =>
      engine.execute(sql`CREATE TABLE result AS SELECT account_id, ${columns} FROM ${source} GROUP BY account_id`),
    );
}

const [kind = '', format = '', glob = ''] = process.argv.slice(2);
const startedMs = performance.now();
await step(kind, format, glob);
const seconds = (performance.now() - startedMs) / 1000;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
await new Terminal(processStreams).result(`${JSON.stringify({ seconds, peakMegabytes })}\n`);
