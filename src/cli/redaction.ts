import { randomBytes } from 'node:crypto';
import { readSalt } from '../config/salt.ts';
import { type Aliases, aliasesOf } from '../report/aliases.ts';
import type { Terminal } from './terminal.ts';

/** Settings that say whether and how to redact. */
export interface RedactionSettings {
  readonly redact?: boolean | undefined;
  readonly saltFile?: string | undefined;
  readonly quiet?: boolean | undefined;
}

const randomKeyBytes = 32;

/** The aliases to show in place of what the log says, or undefined where the log is shown as it is. */
export async function aliasesFor(
  { redact, saltFile, quiet }: RedactionSettings,
  terminal: Terminal,
): Promise<Aliases | undefined> {
  if (redact !== true) return undefined;
  if (saltFile !== undefined) return aliasesOf(await readSalt(saltFile));
  if (quiet !== true)
    terminal.message('aliases are random and will be others in the next run; keep them with --salt-file FILE');
  return aliasesOf(randomBytes(randomKeyBytes));
}
