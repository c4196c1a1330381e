import { readSalt } from '../config/salt.ts';
import type { Engine } from '../engine/engine.ts';
import type { RunReport } from '../model/report.ts';
import type { ScanResult } from '../model/scan.ts';
import { indicatorsCsv } from '../report/indicators.ts';
import { plainPaint, type Reporter } from '../report/reporter.ts';
import { UsageError } from '../util/errors.ts';
import { rowsWriter, writeRejects } from './files.ts';
import type { Output, Outputs } from './output.ts';
import { reporterFor } from './reporter-for.ts';

/** A scan as it is shown, and as the log spells it: only what hides names by itself may use that. */
export interface Scans {
  readonly shown: ScanResult;
  readonly scanned: ScanResult;
}

/** What is to be written once a scan has its result, file by file. */
export type WritePlan = readonly ((scans: Scans, engine: Engine) => Promise<void>)[];

interface Files {
  readonly output?: readonly string[];
  readonly accounts?: string;
  readonly evidence?: string;
  readonly rejects?: string;
  readonly indicators?: string;
}

const filePageWidth = 100;

/** Opens all files that a scan is to write, so that a wrong name or place is known before the scan. */
export async function planWrites(
  { output = [], accounts, evidence, rejects, indicators }: Files,
  saltFile: string | undefined,
  outputs: Outputs,
  zone: string,
): Promise<WritePlan> {
  const writeReports = await planReports(output, outputs, zone);
  const plan: WritePlan[number][] = [({ shown }) => writeReports(shown.report)];
  if (accounts !== undefined) {
    const write = rowsWriter(accounts, 'accounts');
    const file = await outputs.add(accounts);
    plan.push(({ shown }, engine) => write(shown.accounts, file, engine));
  }
  if (evidence !== undefined) {
    const write = rowsWriter(evidence, 'rows of evidence');
    const file = await outputs.add(evidence);
    plan.push(async ({ shown }, engine) => write(await shown.evidence(), file, engine));
  }
  if (rejects !== undefined) {
    const file = await outputs.add(rejects);
    plan.push(({ shown }) => writeRejects(shown.rejects(), file));
  }
  if (indicators !== undefined) plan.push(await planIndicators(indicators, saltFile, outputs));
  return plan;
}

/** Throws `UsageError` without a salt: nobody else could make the same hashes. */
async function planIndicators(
  path: string,
  saltFile: string | undefined,
  outputs: Outputs,
): Promise<WritePlan[number]> {
  if (saltFile === undefined)
    throw new UsageError(
      '--indicators needs --salt-file',
      'name the salt that you share with those who are to compare',
    );
  const salt = await readSalt(saltFile);
  const file = await outputs.add(path);
  return async ({ shown, scanned }) => {
    const ids = new Map(scanned.report.clusters.map(({ id }, rank) => [id, shown.report.clusters[rank]?.id ?? '']));
    await file.write(indicatorsCsv(scanned.report, await scanned.evidence(), salt, ids));
  };
}

/** Opens the files for a report, each in the format of its extension. */
export async function planReports(
  paths: readonly string[],
  outputs: Outputs,
  zone: string,
): Promise<(report: RunReport) => Promise<void>> {
  const files: { readonly reporter: Reporter; readonly file: Output }[] = [];
  for (const path of paths) files.push({ reporter: reporterFor(path), file: await outputs.add(path) });
  return async (report) => {
    for (const { reporter, file } of files)
      await file.write(reporter.render(report, { width: filePageWidth, paint: plainPaint, zone }));
  };
}
