import type { Command, Option } from 'commander';

/** What can be typed: commands, their options, and the words that an option takes. */
export interface Vocabulary {
  readonly program: string;
  readonly commands: readonly CommandWords[];
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionWords[];
  /** What its first argument may be, where that is one of a few words. */
  readonly words: readonly string[];
}

export interface OptionWords {
  /** `--format`, then `-f` where there is one. */
  readonly names: readonly string[];
  readonly description: string;
  /** Empty where the option takes any text, or none. */
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

/** The words of a program whose commands are all defined; the first command is the default. */
export function vocabularyOf(program: Command): Vocabulary {
  return {
    program: program.name(),
    commands: program.commands.map((command) => ({
      name: command.name(),
      description: command.description(),
      options: command.options.map(optionWords),
      words: command.registeredArguments[0]?.argChoices ?? [],
    })),
  };
}

function optionWords({ long, short, description, argChoices, required, optional }: Option): OptionWords {
  return {
    names: [long, short].filter((name) => typeof name === 'string'),
    description,
    choices: argChoices ?? [],
    takesValue: required || optional,
  };
}
