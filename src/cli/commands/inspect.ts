import { type Command, Option } from 'commander';
import { collect } from './collect.ts';
import { addDisplayOptions, addResourceOptions, configDescription, zoneDescription } from './options.ts';

/** Arguments and options of `inspect`. */
export function describeInspect(command: Command): Command {
  command
    .argument('<path...>', 'files, directories or globs; - for standard input; of large files a sample is read')
    .addOption(new Option('-f, --format <format>', 'what stdout gets (default: table)').choices(['table', 'json']))
    .option('--config <file>', configDescription)
    .option(
      '--preset <name>',
      'take only these formats, by name or as files; none: by column names; repeatable',
      collect,
    )
    .option('--account <name>', 'which of a format’s accounts to take')
    .option('--map <canonical=source>', 'which column is which, for example account_id=user; repeatable', collect)
    .option('--join <file>', 'CSV of what is known of accounts: payment, mail, plan, inviter...; repeatable', collect)
    .option('--input-tz <zone>', 'zone of times without an offset (default: UTC)')
    .option('--tz <zone>', zoneDescription)
    .option('--tolerant', 'read CSV row by row, forgiving broken quoting and short rows (slower)')
    .option('--max-reject-rate <share>', 'share of rejected rows above which the exit code is 3, 0..1 (default: 0.5)');
  return addDisplayOptions(addResourceOptions(command));
}
