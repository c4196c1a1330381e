import { resolveConfig } from '../../config/resolve.ts';
import type { Engine } from '../../engine/engine.ts';
import { detectors } from '../../link/registry.ts';
import type { Config } from '../../model/config.ts';
import type { Level, RunReport } from '../../model/report.ts';
import type { ScanResult } from '../../model/scan.ts';
import { run } from '../../pipeline/run.ts';
import { reporters } from '../../report/registry.ts';
import { plainPaint, type Reporter } from '../../report/reporter.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { writeAccounts, writeRejects } from '../files.ts';
import { type Output, Outputs } from '../output.ts';
import { reporterFor } from '../reporter-for.ts';
import { listener, withEngine } from '../session.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';

/** Flags of `scan`, as the command line gives them. */
export interface ScanFlags {
  readonly format: string;
  readonly output: readonly string[];
  readonly accounts?: string;
  readonly rejects?: string;
  readonly failOn?: Level;
  readonly color: ColorChoice;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly force?: boolean;
}

/** Runs a scan and writes what was asked for. */
export async function scan(paths: readonly string[], flags: ScanFlags, terminal: Terminal): Promise<ExitCode> {
  const config = resolveConfig(flags, detectors);
  const outputs = new Outputs();
  try {
    const reports: { reporter: Reporter; output: Output }[] = [];
    for (const path of flags.output)
      reports.push({ reporter: reporterFor(path), output: await outputs.add(path, flags.force === true) });
    const accounts = flags.accounts === undefined ? undefined : await outputs.add(flags.accounts, flags.force === true);
    const rejects = flags.rejects === undefined ? undefined : await outputs.add(flags.rejects, flags.force === true);
    const action = async (engine: Engine, onStage: (stage: string) => void): Promise<ExitCode> => {
      const result = await run({ engine, config, emit: listener(terminal, flags, onStage) }, paths);
      for (const { reporter, output } of reports)
        await output.write(reporter.render(result.report, { width: filePageWidth, paint: plainPaint }));
      if (accounts !== undefined) await writeAccounts(engine, result.accounts, accounts);
      if (rejects !== undefined) await writeRejects(result.rejects(), rejects);
      await outputs.commit();
      await print(result, flags, terminal);
      return exitCode(result.report, config, flags, terminal);
    };
    return await withEngine(config, terminal, action, () => outputs.discard());
  } finally {
    await outputs.discard();
  }
}

const filePageWidth = 100;

async function print(result: ScanResult, flags: ScanFlags, terminal: Terminal): Promise<void> {
  const reporter = reporters.find((one) => one.format === flags.format) ?? reporters[0];
  if (reporter === undefined) return;
  await terminal.result(reporter.render(result.report, { width: terminal.width, paint: terminal.paint(flags.color) }));
}

const levels: readonly Level[] = ['high', 'medium', 'low'];

function exitCode(report: RunReport, config: Config, flags: ScanFlags, terminal: Terminal): ExitCode {
  const { queries, rowsRead, rejectedRows } = report.totals;
  if (queries === 0) {
    terminal.message('no usable row in the input; see the reasons in the report, or list them with --rejects FILE');
    return exitCodes.noUsableRows;
  }
  if (rejectedRows / rowsRead > config.maxRejectRate) {
    terminal.message(
      `${rejectedRows} of ${rowsRead} rows rejected; list them with --rejects FILE or allow more with --max-reject-rate`,
    );
    return exitCodes.noUsableRows;
  }
  if (flags.failOn === undefined) return exitCodes.finished;
  const worst = levels.indexOf(flags.failOn);
  return report.clusters.some((cluster) => levels.indexOf(cluster.level) <= worst)
    ? exitCodes.found
    : exitCodes.finished;
}
