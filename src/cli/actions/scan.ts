import { type ScanSettings, scanSettings } from '../../config/options.ts';
import { resolveConfig } from '../../config/resolve.ts';
import { explainNeighbourhood } from '../../explain/neighbourhood.ts';
import { detectors } from '../../link/registry.ts';
import type { Config } from '../../model/config.ts';
import type { ScanResult } from '../../model/scan.ts';
import { run } from '../../pipeline/run.ts';
import type { Aliases } from '../../report/aliases.ts';
import { jsonText } from '../../report/json.ts';
import { redactKnown, redactScan } from '../../report/redact.ts';
import type { Reporter, ReportStyle } from '../../report/reporter.ts';
import { UsageError } from '../../util/errors.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { interruptible } from '../interruption.ts';
import { type Known, readKnown } from '../known.ts';
import { Outputs } from '../output.ts';
import { planWrites } from '../plan.ts';
import { aliasesFor } from '../redaction.ts';
import { reporterOf } from '../reporter-for.ts';
import { scanEnd } from '../scan-exit-code.ts';
import { withEngine } from '../session.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';

/** Flags of `scan` that were given on the command line; what may stand elsewhere too is in `ScanSettings`. */
export interface ScanFlags {
  readonly output?: readonly string[];
  readonly accounts?: string;
  readonly evidence?: string;
  readonly rejects?: string;
  readonly indicators?: string;
  readonly seedAccount?: string;
  readonly printConfig?: boolean;
  readonly force?: boolean;
  readonly [setting: string]: unknown;
}

/** Runs a scan and writes what was asked for. Nothing is put in place unless everything could be written. */
export async function scan(paths: readonly string[], flags: ScanFlags, terminal: Terminal): Promise<ExitCode> {
  const { values: settings, config } = await configure(flags, terminal);
  if (flags.printConfig === true) {
    await terminal.result(printedSettings(settings, config));
    return exitCodes.finished;
  }
  if (paths.length === 0) throw new UsageError("missing required argument 'path'", 'see stillhunt scan --help');
  const reporter = reporterOf(settings.format);
  if (flags.seedAccount !== undefined && !['table', 'json'].includes(reporter.format))
    throw new UsageError(`--seed-account has no format ${reporter.format}`, 'use -f table or -f json');
  if (settings.redact && settings.showText)
    throw new UsageError('--show-text shows what --redact is to hide', 'leave one of them out');
  const aliases = await aliasesFor(settings, terminal);
  const known = await readKnown(settings, terminal, today());
  return interruptible(async (interruption) => {
    const outputs = new Outputs(flags.force === true);
    try {
      const writes = await planWrites(flags, settings.saltFile, outputs, settings.tz);
      await outputs.refuse([...paths, ...filesRead(settings)]);
      return await withEngine(config, terminal, settings, interruption, async (session) => {
        const scanned = await run({ ...session, config }, paths);
        await outputs.refuse(scanned.report.inputs.map((input) => input.path));
        const marked = present(scanned, known, aliases);
        const { advice, ...end } = scanEnd(marked.report, config.maxRejectRate, settings.failOn);
        const shown = { ...marked, report: { ...marked.report, ...end } };
        for (const write of writes) {
          interruption.check();
          await write({ shown, scanned }, session.engine);
        }
        interruption.check();
        await outputs.commit();
        const style = { width: terminal.width, paint: terminal.paint(settings.color), zone: settings.tz };
        await terminal.result(await stdoutOf(shown, flags.seedAccount, reporter, style));
        known.tell();
        if (advice !== undefined) terminal.message(`${end.exitReason}; ${advice}`);
        return end.exitCode;
      });
    } finally {
      await outputs.discard();
    }
  });
}

/** The report; with an account to start from, the network around it, as text or as JSON. */
async function stdoutOf(
  { report, around }: ScanResult,
  seedAccount: string | undefined,
  reporter: Reporter,
  style: ReportStyle,
): Promise<string> {
  if (seedAccount === undefined) return reporter.render(report, style);
  const neighbourhood = await around(seedAccount);
  if (reporter.format === 'json') return `${jsonText(neighbourhood, 2)}\n`;
  return `${explainNeighbourhood(report, neighbourhood, style).join('\n')}\n`;
}

/** Files that are read beside the log. The baseline is none of them: a nightly job may put its new run in its place. */
function filesRead(settings: ScanSettings): string[] {
  const { saltFile, suppressions, declared, releases, bans, join, preset } = settings;
  return [saltFile, suppressions, declared, releases, bans, ...join, ...preset].filter((path) => path !== undefined);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What is known is marked before the log's own names are gone and after, since it may have been written down from either. */
function present(scanned: ScanResult, known: Known, aliases: Aliases | undefined): ScanResult {
  const marked = { ...scanned, report: known.suppress(scanned.report) };
  const shown = aliases === undefined ? marked : redactScan(marked, aliases);
  const suppressed = aliases === undefined ? shown.report : redactKnown(known.suppress(shown.report));
  return { ...shown, report: known.compare(suppressed) };
}

async function configure(flags: ScanFlags, terminal: Terminal) {
  const values = await settingsOf(scanSettings, 'scan', flags, terminal);
  return { values, config: resolveConfig(values, detectors) };
}

/** The settings that hold, as a configuration file. */
function printedSettings(settings: ScanSettings, { threads, memoryLimit, tempDirectory }: Config): string {
  const resolved = { ...settings, threads, memoryLimit, tempDir: tempDirectory };
  const sorted = Object.entries(resolved).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
