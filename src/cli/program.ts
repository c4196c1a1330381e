import { Command, type OutputConfiguration } from 'commander';
import { packageVersion } from '../config/version.ts';
import { commands, type Run } from './commands/registry.ts';
import { exitCodeHelp } from './exit-code.ts';

/** The whole program; only the commands named are given their options and actions. `output` says where help goes. */
export async function buildProgram(
  defined: ReadonlySet<string>,
  run: Run,
  output: OutputConfiguration = {},
): Promise<Command> {
  const program = new Command('stillhunt')
    .description(
      'Finds networks of fake accounts that distil a model, in exported LLM API usage logs. Nothing leaves the machine.',
    )
    .version(packageVersion())
    .addHelpText('after', exitCodeHelp)
    .exitOverride()
    .configureOutput(output);
  for (const [position, { name, description, define }] of commands.entries()) {
    const command = program.command(name, { isDefault: position === 0 }).description(description);
    if (defined.has(name)) await define(command, run);
  }
  return program;
}

/** The commands whose options these arguments need: the one that is named, or else the default; none for the help of all. */
export function commandsNeeded(argv: readonly string[]): ReadonlySet<string> {
  const names = commands.map(({ name }) => name);
  const [first = '', second = ''] = argv;
  if (first === 'help') return new Set(names.filter((name) => name === second));
  if (['-h', '--help', '-V', '--version'].includes(first)) return new Set();
  return new Set([names.find((name) => name === first) ?? names[0] ?? '']);
}
