import { scanSettings } from '../../config/options.ts';
import { resolveConfig } from '../../config/resolve.ts';
import { detectors } from '../../link/registry.ts';
import type { Inspection } from '../../model/inspection.ts';
import { inspect } from '../../pipeline/inspect.ts';
import { rounded } from '../../report/round.ts';
import { count } from '../../util/text.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { inspectionText } from '../inspection-text.ts';
import { interruptible } from '../interruption.ts';
import { withEngine } from '../session.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';

/** Shows what a scan would understand of an input. */
export async function inspectInput(
  paths: readonly string[],
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<ExitCode> {
  const settings = await settingsOf(scanSettings, 'inspect', flags, terminal);
  const config = resolveConfig(settings, detectors);
  return interruptible((interruption) =>
    withEngine(config, terminal, settings, interruption, async (session) => {
      const inspection = await inspect({ ...session, config }, paths);
      const isJson = settings.format === 'json';
      await terminal.result(isJson ? asJson(inspection) : inspectionText(inspection, terminal.width, settings.tz));
      return exitCode(inspection, config.maxRejectRate, terminal);
    }),
  );
}

function asJson(inspection: Inspection): string {
  const shown = (_key: string, value: unknown) => (typeof value === 'number' ? rounded(value) : value);
  return `${JSON.stringify(inspection, shown, 2)}\n`;
}

function exitCode({ rows }: Inspection, maxRejectRate: number, terminal: Terminal): ExitCode {
  const rejected = Object.values(rows.rejected).reduce((sum, one) => sum + one, 0);
  if (rows.used > 0 && rejected / rows.read <= maxRejectRate) return exitCodes.finished;
  terminal.message(`${count(rejected)} of ${count(rows.read, 'row')} rejected, ${count(rows.used)} usable`);
  return exitCodes.noUsableRows;
}
