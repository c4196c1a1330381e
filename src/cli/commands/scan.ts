import { type Command, Option } from 'commander';
import { colorChoices, levelChoices, profileNames } from '../../config/choices.ts';
import { reporters } from '../../report/registry.ts';
import { collect } from './collect.ts';
import { addDisplayOptions, addResourceOptions, configDescription, zoneDescription } from './options.ts';

/** Arguments and options of `scan`. Defaults are told here and set in the configuration, where files and variables come in. */
export function describeScan(command: Command): Command {
  command
    .argument('[path...]', 'files, directories or globs (CSV plain, gz or zst; Parquet); - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'what stdout gets (default: table)').choices(
        reporters.map((one) => one.format),
      ),
    )
    .option('-o, --output <file>', 'also write the report there, format by extension; repeatable', collect)
    .option('--accounts <file>', 'write a row an account (.csv, .parquet or .arrow)')
    .option('--evidence <file>', 'write a row for each shared value of a cluster and account that uses it')
    .option('--rejects <file>', 'write file, line and reason of each row that was not used (.csv)')
    .option(
      '--indicators <file>',
      'write salted hashes of what ties clusters together, to share (.csv; needs --salt-file)',
    )
    .option('--seed-account <id>', 'show the network around an account that you suspect (-f table or json)')
    .option('--config <file>', configDescription)
    .option('--print-config', 'print the settings that hold, as such a file, and stop')
    .addOption(
      new Option('--profile <name>', 'where the lines between levels lie (default: balanced)').choices(profileNames),
    )
    .option('--preset <name>', 'format of the input: one that `formats` lists, or a file; repeatable', collect)
    .option('--account <choice>', 'which of a format’s accounts counts, such as user or key (see `formats`)')
    .option('--map <canonical=source>', 'which column is which, for example account_id=user; repeatable', collect)
    .option('--input-tz <zone>', 'zone of times without an offset (default: UTC)')
    .option('--tz <zone>', zoneDescription)
    .option('--join <file>', 'CSV of what is known of accounts: payment, mail, plan, inviter...; repeatable', collect)
    .option('--declared <file>', 'CSV of entities whose accounts belong together: organisations, resellers, research')
    .option('--releases <file>', 'CSV of models and when they came out')
    .option('--bans <file>', 'CSV of accounts and when they were banned')
    .option('--since <time>', 'only calls from then on: a day, or a time such as 2026-03-01T12:00Z')
    .option('--until <time>', 'only calls before then; a day counts whole')
    .option('--last <length>', 'only the last days or hours of the log, such as 30d or 12h')
    .option('--tolerant', 'read CSV row by row, forgiving broken quoting and short rows (slower)')
    .option('--keep-duplicates', 'count calls that several files hold as often as they come')
    .option('--max-reject-rate <share>', 'share of rejected rows above which the run has failed, 0..1 (default: 0.5)')
    .option('--detectors <list>', 'switch detectors off with -a,-b or run only a,b')
    .option('--param <detector.name=value>', 'change a parameter of a detector; repeatable', collect)
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if a cluster has this level or a higher one').choices(levelChoices),
    )
    .option('--baseline <run>', 'an earlier run: clusters that it has as well do not count for --fail-on')
    .option('--suppressions <file>', 'JSON list of what may stay, each with reason and last day; does not count either')
    .option('--redact', 'show accounts, shared values and file names as aliases, in every output')
    .option('--show-text', 'show some raw prompts of each cluster, which are private; not with --redact')
    .option('--salt-file <file>', 'secret that makes the aliases the same in every run (default: random each time)')
    .option('--seed <number>', 'seed of everything random (default: 1)');
  return addDisplayOptions(addResourceOptions(command))
    .addOption(new Option('--color <when>', 'colour on stdout (default: auto)').choices(colorChoices))
    .option('--force', 'overwrite output files')
    .addHelpText('after', settingsHelp);
}

const settingsHelp = `
Settings: a flag decides, else a variable such as STILLHUNT_FAIL_ON or STILLHUNT_MAX_REJECT_RATE, else the configuration
file ({"failOn": "high"}), else the default.`;
