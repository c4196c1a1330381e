import { commands } from '../commands/registry.ts';
import { completionScripts, type Shell } from '../completion/shells.ts';
import { vocabularyOf } from '../completion/vocabulary.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { buildProgram } from '../program.ts';
import type { Terminal } from '../terminal.ts';

/** Prints the completion script of a shell, made from the program itself. */
export async function completion(shell: Shell, terminal: Terminal): Promise<ExitCode> {
  const program = await buildProgram(new Set(commands.map(({ name }) => name)), async () => {});
  await terminal.result(completionScripts[shell](vocabularyOf(program)));
  return exitCodes.finished;
}
