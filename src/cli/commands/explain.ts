import { type Command, Option } from 'commander';
import { colorChoices } from '../../config/choices.ts';
import { configDescription, zoneDescription } from './options.ts';

/** Arguments and options of `explain`. */
export function describeExplain(command: Command): Command {
  return command
    .argument('<run>', 'a run saved as JSON')
    .argument('<name>', 'the id of a cluster, or its beginning, or an account')
    .option('--sql', 'print statements for DuckDB that show the same in the log')
    .option('--tz <zone>', zoneDescription)
    .option('--config <file>', configDescription)
    .option('-q, --quiet', 'no warnings')
    .addOption(new Option('--color <when>', 'colour on stdout (default: auto)').choices(colorChoices));
}
