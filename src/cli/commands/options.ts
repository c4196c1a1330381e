import { type Command, Option } from 'commander';
import { progressChoices } from '../../config/choices.ts';

/** Options of every command that opens an engine: how much of the machine it may use. */
export function addResourceOptions(command: Command): Command {
  return command
    .option('--threads <number>', 'threads of the engine (default: all cores)')
    .option('--memory-limit <size>', 'memory of the engine, such as 2GB (default: 60 % of the machine, at most 4GiB)')
    .option('--temp-dir <directory>', 'where to spill (default: the system’s)');
}

export const configDescription =
  'settings as JSON or TOML (default: stillhunt.config.json or .toml, here or in a directory above)';

export const zoneDescription = 'zone that reports for people show times in; counted days stay UTC (default: UTC)';

const loudest = 2;

/** `-v -v` is `-vv`. */
function louder(_value: string, level = 0): number {
  return Math.min(loudest, level + 1);
}

/** Options of every command that opens an engine: what it says on stderr while it works. */
export function addDisplayOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--progress <how>',
        'on stderr: a bar on a terminal (auto), lines of JSON (ndjson) or none (default: auto)',
      ).choices(progressChoices),
    )
    .option('--no-progress', 'the same as --progress none')
    .option('-q, --quiet', 'no warnings')
    .option('-v, --verbose', 'say what is being done; -vv: every statement of the engine too, with its time', louder);
}
