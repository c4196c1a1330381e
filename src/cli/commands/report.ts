import { type Command, Option } from 'commander';
import { reporters } from '../../report/registry.ts';
import { collect } from './collect.ts';

/** Arguments and options of `report`. */
export function describeReport(command: Command): Command {
  return command
    .argument('<run>', 'a run saved as JSON')
    .addOption(
      new Option('-f, --format <format>', 'what stdout gets')
        .choices(reporters.map((one) => one.format))
        .default('table'),
    )
    .option('-o, --output <file>', 'also write the report there, format by extension; repeatable', collect, [])
    .option('--redact', 'show accounts, shared values and file names as aliases, to hand the run on')
    .option('--salt-file <file>', 'secret that makes the aliases the same in every run (default: random each time)')
    .addOption(new Option('--color <when>', 'colour on stdout').choices(['auto', 'always', 'never']).default('auto'))
    .option('--force', 'overwrite output files');
}
