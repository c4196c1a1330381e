import { type Command, Option } from 'commander';

/** Arguments and options of `evaluate`. */
export function describeEvaluate(command: Command): Command {
  return command
    .argument('<run>', 'a run saved as JSON')
    .argument('<labels>', 'CSV with account_id,label and optionally kind,queries')
    .addOption(
      new Option('--level <level>', 'clusters that count as flagged: this level and above')
        .choices(['high', 'medium', 'low'])
        .default('medium'),
    )
    .option('--json', 'as JSON');
}
