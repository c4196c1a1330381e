import { cluster } from '../cluster/cluster.ts';
import type { RunContext } from '../engine/context.ts';
import { link, linkColumns } from '../link/link.ts';
import { measure, measureColumns } from '../measure/measure.ts';
import { mine, mineColumns } from '../mine/mine.ts';
import type { ScanResult } from '../model/scan.ts';
import { listRejects, normalise } from '../normalise/normalise.ts';
import { read } from '../read/read.ts';
import { buildAccounts, buildReport } from '../report/build.ts';
import { evidenceRows } from '../score/evidence-rows.ts';
import { neighbourhood } from '../score/neighbourhood.ts';
import { score, scoreColumns } from '../score/score.ts';

const wantedColumns = new Set([...mineColumns, ...measureColumns, ...linkColumns, ...scoreColumns]);

/** The stages from exports to evidence, for the scan and for the calibration of its weights. */
export async function gather(context: RunContext, paths: readonly string[]) {
  const { emit } = context;
  emit({ kind: 'stage', stage: 'read' });
  const raw = await read(context, paths);
  if (mineColumns.some((column) => raw.columns.has(column))) emit({ kind: 'texts' });
  emit({ kind: 'stage', stage: 'normalise' });
  const normalised = await normalise(context, raw, wantedColumns);
  emit({ kind: 'rows', rows: normalised.rowsUsed });
  if (normalised.texts !== undefined) emit({ kind: 'stage', stage: 'mine' });
  const calls = await mine(context, normalised);
  emit({ kind: 'stage', stage: 'measure' });
  const features = await measure(context, calls);
  emit({ kind: 'stage', stage: 'link' });
  return { raw, calls, features, evidence: await link(context, calls, features) };
}

/** The whole scan: eight stages, in order. */
export async function run(context: RunContext, paths: readonly string[]): Promise<ScanResult> {
  const { emit } = context;
  const { raw, calls, features, evidence } = await gather(context, paths);
  emit({ kind: 'stage', stage: 'cluster' });
  const clusters = await cluster(context, evidence, features);
  emit({ kind: 'stage', stage: 'score' });
  const scored = await score(context, calls, features, evidence, clusters);
  emit({ kind: 'stage', stage: 'report' });
  return {
    report: buildReport(context.config, calls, features, evidence, scored),
    accounts: buildAccounts(features, scored),
    evidence: () => evidenceRows(context, features, evidence),
    around: (accountId) => neighbourhood(context, features, evidence, accountId),
    rejects: () => listRejects(context, raw, calls),
  };
}
