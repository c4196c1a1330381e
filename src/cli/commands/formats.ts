import { type Command, Option } from 'commander';

/** Arguments and options of `formats`. */
export function describeFormats(command: Command): Command {
  return command.addOption(
    new Option('-f, --format <format>', 'what stdout gets').choices(['table', 'json']).default('table'),
  );
}
