import { readFile } from 'node:fs/promises';
import type { RunReport } from '../../model/report.ts';
import { redactReport } from '../../report/redact.ts';
import { parseReport } from '../../report/schema.ts';
import { InputError, messageOf, UsageError } from '../../util/errors.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { Outputs } from '../output.ts';
import { planReports } from '../plan.ts';
import { aliasesFor } from '../redaction.ts';
import { reporterOf } from '../reporter-for.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';

/** Flags of `report`, as the command line gives them. */
export interface ReportFlags {
  readonly format: string;
  readonly output: readonly string[];
  readonly color: ColorChoice;
  readonly force?: boolean;
  readonly redact?: boolean;
  readonly saltFile?: string;
}

/** Shows a saved run again, and writes it in other formats. */
export async function report(path: string, flags: ReportFlags, terminal: Terminal): Promise<ExitCode> {
  const reporter = reporterOf(flags.format);
  const outputs = new Outputs(flags.force === true);
  try {
    const write = await planReports(flags.output, outputs);
    await outputs.refuse([path]);
    const saved = await loadRun(path);
    const aliases = await aliasesFor(flags, terminal);
    if (aliases !== undefined && saved.redaction !== undefined)
      throw new UsageError(`${path}: the run is redacted already`, 'leave --redact out');
    const run = aliases === undefined ? saved : redactReport(saved, aliases);
    await write(run);
    await outputs.commit();
    await terminal.result(reporter.render(run, { width: terminal.width, paint: terminal.paint(flags.color) }));
    return exitCodes.finished;
  } finally {
    await outputs.discard();
  }
}

/** Reads a saved run. Throws `InputError` where it is none. */
export async function loadRun(path: string): Promise<RunReport> {
  return parseReport(await loadText(path), path);
}

/** Reads a text file. Throws `InputError` where it cannot be read. */
export async function loadText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause) => {
    throw new InputError(`${path}: cannot be read (${messageOf(cause)})`, 'check the path', cause);
  });
}
