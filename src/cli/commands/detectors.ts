import type { Command } from 'commander';

export function describeDetectors(command: Command): Command {
  return command
    .description('List the detectors, the columns they need and their parameters.')
    .option('--json', 'as JSON');
}
