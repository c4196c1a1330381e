import type { Engine } from '../engine/engine.ts';
import type { RunReport } from '../model/report.ts';
import type { ScanResult } from '../model/scan.ts';
import { plainPaint, type Reporter } from '../report/reporter.ts';
import { rowsWriter, writeRejects } from './files.ts';
import type { Output, Outputs } from './output.ts';
import { reporterFor } from './reporter-for.ts';

/** What is to be written once a scan has its result, file by file. */
export type WritePlan = readonly ((result: ScanResult, engine: Engine) => Promise<void>)[];

interface Files {
  readonly output?: readonly string[];
  readonly accounts?: string;
  readonly evidence?: string;
  readonly rejects?: string;
}

const filePageWidth = 100;

/** Opens all files that a scan is to write, so that a wrong name or place is known before the scan. */
export async function planWrites(
  { output = [], accounts, evidence, rejects }: Files,
  outputs: Outputs,
): Promise<WritePlan> {
  const writeReports = await planReports(output, outputs);
  const plan: WritePlan[number][] = [({ report }) => writeReports(report)];
  if (accounts !== undefined) {
    const write = rowsWriter(accounts, 'accounts');
    const file = await outputs.add(accounts);
    plan.push((result, engine) => write(result.accounts, file, engine));
  }
  if (evidence !== undefined) {
    const write = rowsWriter(evidence, 'rows of evidence');
    const file = await outputs.add(evidence);
    plan.push(async (result, engine) => write(await result.evidence(), file, engine));
  }
  if (rejects !== undefined) {
    const file = await outputs.add(rejects);
    plan.push((result) => writeRejects(result.rejects(), file));
  }
  return plan;
}

/** Opens the files for a report, each in the format of its extension. */
export async function planReports(
  paths: readonly string[],
  outputs: Outputs,
): Promise<(report: RunReport) => Promise<void>> {
  const files: { readonly reporter: Reporter; readonly file: Output }[] = [];
  for (const path of paths) files.push({ reporter: reporterFor(path), file: await outputs.add(path) });
  return async (report) => {
    for (const { reporter, file } of files)
      await file.write(reporter.render(report, { width: filePageWidth, paint: plainPaint }));
  };
}
