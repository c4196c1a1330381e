import { readFile } from 'node:fs/promises';
import { reportSettings } from '../../config/options.ts';
import type { RunReport } from '../../model/report.ts';
import { redactReport } from '../../report/redact.ts';
import { parseReport } from '../../report/schema.ts';
import { InputError, messageOf, UsageError } from '../../util/errors.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { interruptible } from '../interruption.ts';
import { Outputs } from '../output.ts';
import { planReports } from '../plan.ts';
import { aliasesFor, type RedactionSettings } from '../redaction.ts';
import { reporterOf } from '../reporter-for.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';

/** Flags of `report`, as the command line gives them. */
export interface ReportFlags {
  readonly output?: readonly string[];
  readonly force?: boolean;
  readonly [setting: string]: unknown;
}

/** Shows a saved run again, and writes it in other formats. */
export async function report(path: string, flags: ReportFlags, terminal: Terminal): Promise<ExitCode> {
  const settings = await settingsOf(reportSettings, 'report', flags, terminal);
  const reporter = reporterOf(settings.format);
  return interruptible(async (interruption) => {
    const outputs = new Outputs(flags.force === true);
    try {
      const write = await planReports(flags.output ?? [], outputs, settings.tz);
      await outputs.refuse([path, ...(settings.saltFile === undefined ? [] : [settings.saltFile])]);
      const run = await redactable(path, settings, terminal);
      interruption.check();
      await write(run);
      interruption.check();
      await outputs.commit();
      const style = { width: terminal.width, paint: terminal.paint(settings.color), zone: settings.tz };
      await terminal.result(reporter.render(run, style));
      return exitCodes.finished;
    } finally {
      await outputs.discard();
    }
  });
}

/** A saved run, redacted if that was asked for. */
async function redactable(path: string, settings: RedactionSettings, terminal: Terminal): Promise<RunReport> {
  const saved = await loadRun(path);
  const aliases = await aliasesFor(settings, terminal);
  if (aliases === undefined) return saved;
  if (saved.redaction === undefined) return redactReport(saved, aliases);
  throw new UsageError(`${path}: the run is redacted already`, 'leave --redact out');
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
