import { type Command, Option } from 'commander';
import { colorChoices } from '../../config/choices.ts';
import { reporters } from '../../report/registry.ts';
import { collect } from './collect.ts';
import { configDescription, zoneDescription } from './options.ts';

/** Arguments and options of `report`. */
export function describeReport(command: Command): Command {
  return command
    .argument('<run>', 'a run saved as JSON')
    .addOption(
      new Option('-f, --format <format>', 'what stdout gets (default: table)').choices(
        reporters.map((one) => one.format),
      ),
    )
    .option('-o, --output <file>', 'also write the report there, format by extension; repeatable', collect)
    .option('--redact', 'show accounts, shared values and file names as aliases, to hand the run on')
    .option('--salt-file <file>', 'secret that makes the aliases the same in every run (default: random each time)')
    .option('--tz <zone>', zoneDescription)
    .option('--config <file>', configDescription)
    .option('-q, --quiet', 'no warnings')
    .addOption(new Option('--color <when>', 'colour on stdout (default: auto)').choices(colorChoices))
    .option('--force', 'overwrite output files');
}
