import type { CommandWords, OptionWords, Vocabulary } from './vocabulary.ts';

export const shellNames = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shellNames)[number];

/** The completion script of a shell. File names are left to the shell. */
export const completionScripts: Readonly<Record<Shell, (vocabulary: Vocabulary) => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};

interface Choice {
  readonly keys: string[];
  readonly words: readonly string[];
}

/** `COMMAND OPTION` of every option with words of its own, or `COMMAND COMMAND` of its first argument, and those words. */
function choices({ commands }: Vocabulary): Choice[] {
  return commands.flatMap(({ name, options, words }) => [
    ...(words.length === 0 ? [] : [{ keys: [`${name} ${name}`], words }]),
    ...options
      .filter((option) => option.choices.length > 0)
      .map((option) => ({ keys: option.names.map((long) => `${name} ${long}`), words: option.choices })),
  ]);
}

const namesOf = ({ options }: CommandWords): string[] => options.flatMap(({ names }) => names);

function bash(vocabulary: Vocabulary): string {
  const { program, commands } = vocabulary;
  const names = commands.map(({ name }) => name);
  return `_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command=${names[0]} words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names.join('|')}) command="$word"; break;; esac
  done
  case "$command $previous" in
${choices(vocabulary)
  .map(({ keys, words }) => `    ${keys.map(quote).join('|')}) words=${quote(words.join(' '))};;`)
  .join('\n')}
    *) case "$command $current" in
${commands.map((command) => `      ${command.name}\\ -*) words=${quote(namesOf(command).join(' '))};;`).join('\n')}
      *) if [ "$COMP_CWORD" -eq 1 ]; then words=${quote(names.join(' '))}; fi;;
    esac;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${program} ${program}
`;
}

function zsh(vocabulary: Vocabulary): string {
  const { program, commands } = vocabulary;
  const names = commands.map(({ name }) => name);
  const described = (words: readonly (readonly [string, string])[]): string =>
    words.map(([word, text]) => quote(`${word}:${text.replaceAll(':', '\\:')}`)).join(' ');
  const options = ({ options: all }: CommandWords) =>
    described(all.flatMap(({ names: own, description }) => own.map((name) => [name, description] as const)));
  return `#compdef ${program}
_${program}() {
  local command=${names[0]} word
  local -a described
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in (${names.join('|')}) command="$word"; break;; esac
  done
  case "$command \${words[CURRENT-1]}" in
${choices(vocabulary)
  .map(({ keys, words }) => `    (${keys.map(quote).join('|')}) compadd -- ${words.map(quote).join(' ')}; return;;`)
  .join('\n')}
  esac
  if [[ "$PREFIX" == -* ]]; then
    case "$command" in
${commands.map((command) => `      (${command.name}) described=(${options(command)});;`).join('\n')}
    esac
    _describe option described
    return
  fi
  if (( CURRENT == 2 )); then
    described=(${described(commands.map(({ name, description }) => [name, description] as const))})
    _describe command described
  fi
  _files
}
compdef _${program} ${program}
`;
}

function fish({ program, commands }: Vocabulary): string {
  const [first, ...others] = commands.map(({ name }) => name);
  const condition = (name: string): string =>
    name === first ? `not __fish_seen_subcommand_from ${others.join(' ')}` : `__fish_seen_subcommand_from ${name}`;
  const option = (name: string, { names, description, choices: words, takesValue }: OptionWords): string => {
    const flags = names.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
    const value = words.length > 0 ? ` -x -a ${quote(words.join(' '))}` : takesValue ? ' -r' : '';
    return `complete -c ${program} -n ${quote(condition(name))} ${flags.join(' ')}${value} -d ${quote(description)}`;
  };
  return `${[
    ...commands.map(
      ({ name, description }) => `complete -c ${program} -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
    ),
    ...commands
      .filter(({ words }) => words.length > 0)
      .map(({ name, words }) => `complete -c ${program} -n ${quote(condition(name))} -x -a ${quote(words.join(' '))}`),
    ...commands.flatMap(({ name, options }) => options.map((one) => option(name, one))),
  ].join('\n')}\n`;
}

function powershell(vocabulary: Vocabulary): string {
  const { program, commands } = vocabulary;
  const names = commands.map(({ name }) => name);
  const list = (words: readonly string[]): string => `@(${words.map(doubled).join(', ')})`;
  return `Register-ArgumentCompleter -Native -CommandName ${program} -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${commands.map((command) => `    ${doubled(command.name)} = ${list(namesOf(command))}`).join('\n')}
  }
  $choices = @{
${choices(vocabulary)
  .flatMap(({ keys, words }) => distinct(keys).map((key) => `    ${doubled(key)} = ${list(words)}`))
  .join('\n')}
  }
  $commands = ${list(names)}
  $typed = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = @($typed | Where-Object { $_ -cin $commands }) + @(${doubled(names[0] ?? '')}) | Select-Object -First 1
  $words = $choices["$command $($typed[-1])"]
  if (-not $words -and $wordToComplete.StartsWith('-')) { $words = $options[$command] }
  if (-not $words -and $typed.Count -le 1) { $words = $commands }
  $words | Where-Object { $_ -and $_.StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

/** Keys of a hash table there do not differ by case alone. */
function distinct(keys: readonly string[]): string[] {
  return [...new Map(keys.map((key) => [key.toLowerCase(), key])).values()];
}

/** A word of bash, zsh or fish as it is: an apostrophe ends the quotes and begins them anew. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A word of PowerShell as it is. */
function doubled(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
