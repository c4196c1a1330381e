import { Argument, type Command } from 'commander';
import { shellNames } from '../completion/shells.ts';

/** Arguments of `completion`. */
export function describeCompletion(command: Command): Command {
  return command.addArgument(new Argument('<shell>', 'which shell').choices(shellNames)).addHelpText('after', loading);
}

const loading = `
Load it with
  bash        source <(stillhunt completion bash)
  zsh         source <(stillhunt completion zsh)
  fish        stillhunt completion fish | source
  powershell  stillhunt completion powershell | Out-String | Invoke-Expression`;
