import { Command, CommanderError } from 'commander';
import { packageVersion } from '../config/version.ts';
import { KnownError, messageOf } from '../util/errors.ts';
import { describeDetectors } from './commands/detectors.ts';
import { describeDiff } from './commands/diff.ts';
import { describeEvaluate } from './commands/evaluate.ts';
import { describeExplain } from './commands/explain.ts';
import { describeFormats } from './commands/formats.ts';
import { describeReport } from './commands/report.ts';
import { describeScan } from './commands/scan.ts';
import { describeSimulate } from './commands/simulate.ts';
import { type ExitCode, exitCodeHelp, exitCodes } from './exit-code.ts';
import { ClosedPipe, processStreams, type Streams, Terminal } from './terminal.ts';

/** Runs the command line and returns the exit code. */
export async function main(argv: readonly string[], streams: Streams = processStreams): Promise<number> {
  const terminal = new Terminal(streams);
  const help: string[] = [];
  let code: ExitCode = exitCodes.finished;
  try {
    const program = build(terminal, help, (result) => {
      code = result;
    });
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return await explain(error, help.join(''), terminal).catch((failure) => explain(failure, '', terminal));
  }
}

/** `help` collects what is printed for --help and --version. */
function build(terminal: Terminal, help: string[], done: (code: ExitCode) => void): Command {
  const program = new Command('stillhunt')
    .description(
      'Finds networks of fake accounts that distil a model, in exported LLM API usage logs. Nothing leaves the machine.',
    )
    .version(packageVersion())
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: () => {},
      getOutHelpWidth: () => terminal.width,
    });
  // What a command does is loaded when it is run, so that help comes at once.
  describeScan(program.command('scan', { isDefault: true })).action(async (paths, flags) => {
    const { scan } = await import('./actions/scan.ts');
    done(await scan(paths, flags, terminal));
  });
  describeReport(program.command('report')).action(async (path, flags) => {
    const { report } = await import('./actions/report.ts');
    done(await report(path, flags, terminal));
  });
  describeExplain(program.command('explain')).action(async (path, name, flags) => {
    const { explain: explainRun } = await import('./actions/explain.ts');
    done(await explainRun(path, name, flags, terminal));
  });
  describeDiff(program.command('diff')).action(async (before, after, flags) => {
    const { diff } = await import('./actions/diff.ts');
    done(await diff(before, after, flags, terminal));
  });
  describeDetectors(program.command('detectors')).action(async (flags) => {
    const { listDetectors } = await import('./actions/detectors.ts');
    done(await listDetectors(flags, terminal));
  });
  describeFormats(program.command('formats')).action(async (flags) => {
    const { listFormats } = await import('./actions/formats.ts');
    done(await listFormats(flags, terminal));
  });
  describeSimulate(program.command('simulate')).action(async (directory, flags) => {
    const { simulateWorld } = await import('./actions/simulate.ts');
    done(await simulateWorld(directory, flags, terminal));
  });
  describeEvaluate(program.command('evaluate')).action(async (run, labels, flags) => {
    const { evaluateRun } = await import('./actions/evaluate.ts');
    done(await evaluateRun(run, labels, flags, terminal));
  });
  return program;
}

/** Says what went wrong, in one line where the user can mend it, and gives the exit code. */
async function explain(error: unknown, help: string, terminal: Terminal): Promise<ExitCode> {
  if (error instanceof ClosedPipe) return exitCodes.finished;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) {
      await terminal.result(help);
      return exitCodes.finished;
    }
    terminal.message(`${usageMessage(error)}; see stillhunt --help`);
  } else if (error instanceof KnownError) terminal.message(`${error.message}; ${error.hint}`);
  else {
    terminal.message('this is a bug in stillhunt, please report it with the lines below');
    terminal.lines(error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error));
  }
  return exitCodes.failed;
}

function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'no such command';
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
}
