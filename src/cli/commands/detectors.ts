import type { Command } from 'commander';

/** Arguments and options of `detectors`. */
export function describeDetectors(command: Command): Command {
  return command
    .description('List the detectors, the columns they need and their parameters.')
    .option('--json', 'as JSON');
}
