import { CommanderError } from 'commander';
import { KnownError, messageOf } from '../util/errors.ts';
import type { Run } from './commands/registry.ts';
import { type ExitCode, exitCodes } from './exit-code.ts';
import { buildProgram, commandsNeeded } from './program.ts';
import { ClosedPipe, processStreams, type Streams, Terminal } from './terminal.ts';

/** Runs the command line and returns the exit code. */
export async function main(argv: readonly string[], streams: Streams = processStreams): Promise<number> {
  const terminal = new Terminal(streams);
  const help: string[] = [];
  let code: ExitCode = exitCodes.finished;
  try {
    const output = {
      writeOut: (text: string) => help.push(text),
      writeErr: () => {},
      getOutHelpWidth: () => terminal.width,
    };
    const run: Run = async (action) => {
      code = await action(terminal);
    };
    const program = await buildProgram(commandsNeeded(argv), run, output);
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return await explain(error, help.join(''), terminal).catch((failure) => explain(failure, '', terminal));
  }
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
