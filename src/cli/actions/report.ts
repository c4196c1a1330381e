import { readFile } from 'node:fs/promises';
import type { RunReport } from '../../model/report.ts';
import { parseReport } from '../../report/schema.ts';
import { InputError, messageOf } from '../../util/errors.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { reporterOf } from '../reporter-for.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';

/** Shows a saved run again. */
export async function report(
  path: string,
  flags: { format: string; color: ColorChoice },
  terminal: Terminal,
): Promise<ExitCode> {
  const run = await loadRun(path);
  const style = { width: terminal.width, paint: terminal.paint(flags.color) };
  await terminal.result(reporterOf(flags.format).render(run, style));
  return exitCodes.finished;
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
