import { type Command, Option } from 'commander';
import { reporters } from '../../report/registry.ts';
import { collect } from './collect.ts';

/** Arguments and options of `scan`. */
export function describeScan(command: Command): Command {
  return command
    .description('Read exported usage logs and print ranked suspect clusters.')
    .argument('<path...>', 'files, directories or globs (CSV plain, gz or zst; Parquet); - for standard input')
    .addOption(
      new Option('-f, --format <format>', 'what stdout gets')
        .choices(reporters.map((one) => one.format))
        .default('table'),
    )
    .option('-o, --output <file>', 'also write the report there, format by extension; repeatable', collect, [])
    .option('--accounts <file>', 'write a row an account (.csv, .parquet or .arrow)')
    .option('--rejects <file>', 'write file, line and reason of each row that was not used (.csv)')
    .option('--map <canonical=source>', 'which column is which, for example account_id=user; repeatable', collect, [])
    .option('--input-tz <zone>', 'zone of times without an offset', 'UTC')
    .option('--tolerant', 'read CSV row by row, forgiving broken quoting and short rows (slower)')
    .option('--max-reject-rate <share>', 'share of rejected rows above which the run has failed, 0..1', '0.5')
    .option('--detectors <list>', 'switch detectors off with -a,-b or run only a,b')
    .option('--param <detector.name=value>', 'change a parameter of a detector; repeatable', collect, [])
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 if a cluster has this level or a higher one').choices([
        'high',
        'medium',
        'low',
      ]),
    )
    .option('--seed <number>', 'seed of everything random', '1')
    .option('--threads <number>', 'threads of the engine (default: all cores)')
    .option('--memory-limit <size>', 'memory of the engine, such as 2GB (default: 60 % of the machine, at most 4GiB)')
    .option('--temp-dir <directory>', 'where to spill (default: the system’s)')
    .addOption(new Option('--color <when>', 'colour on stdout').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-progress', 'no progress line on stderr')
    .option('-q, --quiet', 'no warnings')
    .option('-v, --verbose', 'say what is being done')
    .option('--force', 'overwrite output files');
}
