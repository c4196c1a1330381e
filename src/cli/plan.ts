import type { Engine } from '../engine/engine.ts';
import type { ScanResult } from '../model/scan.ts';
import { plainPaint } from '../report/reporter.ts';
import { accountsWriter, writeRejects } from './files.ts';
import type { Outputs } from './output.ts';
import { reporterFor } from './reporter-for.ts';

/** What is to be written once a scan has its result, file by file. */
export type WritePlan = readonly ((result: ScanResult, engine: Engine) => Promise<void>)[];

interface Files {
  readonly output: readonly string[];
  readonly accounts?: string;
  readonly rejects?: string;
}

const filePageWidth = 100;

/** Opens all files that a scan is to write, so that a wrong name or place is known before the scan. */
export async function planWrites({ output, accounts, rejects }: Files, outputs: Outputs): Promise<WritePlan> {
  const plan: WritePlan[number][] = [];
  for (const path of output) {
    const { render } = reporterFor(path);
    const file = await outputs.add(path);
    plan.push(({ report }) => file.write(render(report, { width: filePageWidth, paint: plainPaint })));
  }
  if (accounts !== undefined) {
    const write = accountsWriter(accounts);
    const file = await outputs.add(accounts);
    plan.push((result, engine) => write(result.accounts, file, engine));
  }
  if (rejects !== undefined) {
    const file = await outputs.add(rejects);
    plan.push((result) => writeRejects(result.rejects(), file));
  }
  return plan;
}
