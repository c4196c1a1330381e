import { resolveConfig } from '../../config/resolve.ts';
import { detectors } from '../../link/registry.ts';
import type { Level, RunReport } from '../../model/report.ts';
import { run } from '../../pipeline/run.ts';
import { count } from '../../util/text.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { interruptible } from '../interruption.ts';
import { Outputs } from '../output.ts';
import { planWrites } from '../plan.ts';
import { reporterOf } from '../reporter-for.ts';
import { type Verbosity, withEngine } from '../session.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';

/** Flags of `scan`, as the command line gives them. */
export interface ScanFlags extends Verbosity {
  readonly format: string;
  readonly output: readonly string[];
  readonly accounts?: string;
  readonly rejects?: string;
  readonly failOn?: Level;
  readonly color: ColorChoice;
  readonly force?: boolean;
}

/** Runs a scan and writes what was asked for. Nothing is put in place unless everything could be written. */
export async function scan(paths: readonly string[], flags: ScanFlags, terminal: Terminal): Promise<ExitCode> {
  const config = resolveConfig(flags, detectors);
  const reporter = reporterOf(flags.format);
  return interruptible(async (interruption) => {
    const outputs = new Outputs(flags.force === true);
    try {
      const writes = await planWrites(flags, outputs);
      return await withEngine(config, terminal, flags, interruption, async (engine, emit) => {
        const result = await run({ engine, config, emit }, paths);
        await outputs.refuse(result.report.inputs.map((input) => input.path));
        for (const write of writes) {
          interruption.check();
          await write(result, engine);
        }
        interruption.check();
        await outputs.commit();
        const style = { width: terminal.width, paint: terminal.paint(flags.color) };
        await terminal.result(reporter.render(result.report, style));
        return exitCode(result.report, config.maxRejectRate, flags.failOn, terminal);
      });
    } finally {
      await outputs.discard();
    }
  });
}

const levels: readonly Level[] = ['high', 'medium', 'low'];

function exitCode(
  { totals, clusters }: RunReport,
  maxRejectRate: number,
  failOn: Level | undefined,
  terminal: Terminal,
): ExitCode {
  const rejected = `${count(totals.rejectedRows)} of ${count(totals.rowsRead, 'row')} rejected`;
  if (totals.queries === 0) {
    terminal.message(`no usable row in the input, ${rejected}; list the reasons with --rejects FILE`);
    return exitCodes.noUsableRows;
  }
  if (totals.rejectedRows / totals.rowsRead > maxRejectRate) {
    terminal.message(`${rejected}; list them with --rejects FILE or allow more with --max-reject-rate`);
    return exitCodes.noUsableRows;
  }
  if (failOn === undefined) return exitCodes.finished;
  const worst = levels.indexOf(failOn);
  return clusters.some(({ level }) => levels.indexOf(level) <= worst) ? exitCodes.found : exitCodes.finished;
}
