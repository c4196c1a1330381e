import type { Command } from 'commander';

/** Arguments and options of `detectors`. */
export function describeDetectors(command: Command): Command {
  return command.option('--json', 'as JSON');
}
