import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { queriesOf, scriptOf } from '../../src/explain/queries.ts';
import { findTarget } from '../../src/explain/target.ts';
import { json } from '../../src/report/json.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { personas, writeNetwork } from '../support/network.ts';
import { scanPaths, withDirectory, withEngine } from '../support/world.ts';

/** Runs the statements for a target, given by a function of the run, and returns their rows by title. */
async function rerun(target: 'cluster' | string, spell?: (plain: string) => string) {
  return withDirectory(async (directory) => {
    const [log, path] = [join(directory, "it's a log.csv"), join(directory, 'run.json')];
    writeNetwork(log, personas(spell));
    const { report } = await scanPaths([log]);
    writeFileSync(path, json.render(report, { width: 80, paint: plainPaint }));
    const [cluster] = report.clusters;
    const queries = queriesOf(report, path, findTarget(report, target === 'cluster' ? (cluster?.id ?? '') : target));
    return withEngine(async (engine) => {
      const rows = new Map<string, unknown[]>();
      for (const { title, statement } of queries)
        rows.set(
          title.replace(cluster?.id ?? '', 'X'),
          [...(await engine.query(statement))].map((row) => row.toJSON()),
        );
      return { rows, script: scriptOf(report, queries) };
    });
  });
}

describe('statements for DuckDB', () => {
  it('show in the log what the run says of a cluster', async () => {
    const { rows } = await rerun('cluster');
    expect(rows.get('Which payment_id members of X share, and who else uses it')).toEqual([
      { payment_id: 'card-shared-0', members: 6, others: 0, queries: 120 },
      { payment_id: 'card-shared-1', members: 6, others: 0, queries: 120 },
    ]);
    const days = rows.get('Queries of X by day') ?? [];
    expect(days).toHaveLength(10);
    expect(rows.get('Some requests of X, where the export names them')?.[0]).toMatchObject({
      request_id: expect.stringMatching(/^r-\d+-\d+$/),
    });
    expect(days[0]).toEqual({ day: '2026-03-01', queries: 24, accounts: 12 });
  });

  it('show what an account uses and how many others do, whatever it is called', async () => {
    const { rows, script } = await rerun("o'\u202emember-3\u001b", (plain) =>
      plain === 'member-3' ? `o'\u202e${plain}\u001b` : plain,
    );
    expect(rows.get('Which ip the account uses, and how many others')).toEqual([
      { ip: '10.1.1.0', own_queries: 20, others: 3 },
    ]);
    expect(script).not.toMatch(/[\u001b\u202e]/);
    expect(script).toContain("'o''' || chr(8238) || 'member-3' || chr(27)");
  });
});
