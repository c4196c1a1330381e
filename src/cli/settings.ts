import type { z } from 'zod';
import { readSettings } from '../config/settings.ts';
import type { Terminal } from './terminal.ts';

/** The settings of a command: its flags, the environment, the configuration file, defaults. Says what is set and not known. */
export async function settingsOf<Schema extends z.ZodObject>(
  schema: Schema,
  command: string,
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<z.infer<Schema>> {
  const { environment } = terminal;
  const sources = { flags, environment, workingDirectory: process.cwd() };
  const { values, file, warnings } = await readSettings(schema, command, sources);
  const { progress, quiet, verbose } = values as Partial<Record<string, unknown>>;
  if (progress === 'ndjson') terminal.speakJson();
  if (quiet !== true) for (const warning of warnings) terminal.message(warning);
  if (Number(verbose) > 0 && file !== undefined) terminal.message(`settings from ${file}`);
  return values;
}
