import { processStreams, Terminal } from '../cli/terminal.ts';
import { resolveConfig } from '../config/resolve.ts';
import { breather, type RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import { detectors } from '../link/registry.ts';
import { mine, mineColumns } from '../mine/mine.ts';
import { normalise } from '../normalise/normalise.ts';
import { read } from '../read/read.ts';
import { withEngine } from './worlds.ts';

/** Mines the calls of a Parquet file in a process of its own: `mining-measured.js PATH`. The column `model` says what each was made of. */
async function measure(path: string): Promise<object> {
  return withEngine(async (engine) => {
    const config = resolveConfig({}, detectors);
    const context: RunContext = { engine, config, emit: () => {}, breathe: breather() };
    const calls = await normalise(context, await read(context, [path]), new Set([...mineColumns, 'model']));
    const startedMs = performance.now();
    const started = process.cpuUsage();
    const mined = await mine(context, calls);
    const seconds = (performance.now() - startedMs) / 1000;
    const used = process.cpuUsage(started);
    const [found] = await engine.query(sql`
      WITH counted AS (SELECT model, template_hash, count(*) AS calls FROM ${identifier(mined.relation)} GROUP BY ALL),
        made AS (SELECT split_part(model, ' ', 1) AS kind, model, max(calls) AS most, sum(calls) AS calls FROM counted GROUP BY ALL),
        mixed AS (SELECT template_hash, max(calls) AS most, sum(calls) AS calls FROM counted GROUP BY template_hash)
      SELECT sum(most) FILTER (kind = 'template') / sum(calls) FILTER (kind = 'template') AS filled,
        sum(most) FILTER (kind = 'text') / sum(calls) FILTER (kind = 'text') AS varied,
        (SELECT sum(most) / sum(calls) FROM mixed) AS pure
      FROM made`);
    return {
      prompts: calls.rowsUsed,
      seconds,
      processorSeconds: (used.user + used.system) / 1e6,
      peakMegabytes: process.resourceUsage().maxRSS / 1024,
      ...found?.toJSON(),
    };
  });
}

const [path = ''] = process.argv.slice(2);
await new Terminal(processStreams).result(`${JSON.stringify(await measure(path))}\n`);
