import { type Command, Option } from 'commander';

/** Arguments and options of `formats`. */
export function describeFormats(command: Command): Command {
  return command
    .description('List the formats of exports that are known by their columns, and how well each was checked.')
    .addOption(new Option('-f, --format <format>', 'what stdout gets').choices(['table', 'json']).default('table'));
}
