import { type Command, Option } from 'commander';
import { comparisonFormats } from '../../compare/formats.ts';
import { colorChoices, levelChoices } from '../../config/choices.ts';
import { configDescription } from './options.ts';

/** Arguments and options of `diff`. */
export function describeDiff(command: Command): Command {
  return command
    .argument('<old>', 'a run saved as JSON')
    .argument('<new>', 'a later run')
    .addOption(
      new Option('-f, --format <format>', 'what stdout gets (default: table)').choices(
        comparisonFormats.map((one) => one.format),
      ),
    )
    .addOption(
      new Option(
        '--fail-on <level>',
        'exit with 1 if a new cluster has this level or a higher one, or one rose to it',
      ).choices(levelChoices),
    )
    .option('--config <file>', configDescription)
    .option('-q, --quiet', 'no warnings')
    .addOption(new Option('--color <when>', 'colour on stdout (default: auto)').choices(colorChoices));
}
