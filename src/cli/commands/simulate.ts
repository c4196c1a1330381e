import { type Command, Option } from 'commander';
import { scenarios } from '../../simulate/scenarios.ts';
import { addDisplayOptions, addResourceOptions, configDescription } from './options.ts';

/** Arguments and options of `simulate`. */
export function describeSimulate(command: Command): Command {
  command
    .argument('<directory>', 'where to write; must be empty or new')
    .addOption(new Option('--scenario <name>', 'what the world holds').choices(scenarios).default('seed'))
    .option('--scale <factor>', 'size: 1 is 24,000 fake accounts among 400,000', '0.02')
    .option('--benign-accounts <number>', 'honest accounts (default: 400,000 times the scale)')
    .addOption(
      new Option('--evasion <level>', 'how far the campaigns hide: 0 not at all, 4 most')
        .choices(['0', '1', '2', '3', '4'])
        .default('0'),
    )
    .option('--paraphrase <number>', 'wordings of each campaign template', '1')
    .option('--text', 'write the texts of prompts in place of their hashes')
    .option('--without <columns>', 'columns to leave out of the calls, such as org_id,ip')
    .option('--seed <number>', 'which world of this kind', '1')
    .addOption(new Option('--format <format>', 'of the calls').choices(['parquet', 'csv']).default('parquet'));
  command.option('--config <file>', configDescription);
  return addDisplayOptions(addResourceOptions(command));
}
