import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../../util/errors.ts';
import { nearest } from '../../util/nearest.ts';
import { type Preset, presetSchema } from './preset.ts';

const directory = join(import.meta.dirname, '../presets');

/** All presets that come with stillhunt, by name: each is a file in `read/presets/`. */
export function builtInPresets(): Preset[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => readPreset(join(directory, file)));
}

/** The presets that `--preset` names, by name or as files. Throws `ConfigError`. */
export function namedPresets(names: readonly string[], builtIn: readonly Preset[]): Preset[] {
  return names.map((name) => {
    const known = builtIn.find((preset) => preset.name === name);
    if (known !== undefined) return known;
    if (/[/\\]|\.json$/i.test(name)) return readPreset(name);
    const similar = nearest(
      name,
      builtIn.map((preset) => preset.name),
    );
    const hint =
      similar === undefined
        ? 'stillhunt formats lists them; a file of your own ends in .json'
        : `did you mean ${similar}?`;
    throw new ConfigError(`--preset ${name}: no such preset`, hint);
  });
}

/** Throws `ConfigError` that names the file, the place in it and what was expected there. */
function readPreset(path: string): Preset {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const what = cause instanceof SyntaxError ? `is no JSON: ${messageOf(cause)}` : 'cannot be read';
    throw new ConfigError(`${path}: ${what}`, 'name a preset that stillhunt formats lists, or a preset file', cause);
  }
  const parsed = presetSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.map(String).join('.') ?? '';
  throw new ConfigError(
    `${path}: ${place === '' ? 'the preset' : place}: ${issue?.message ?? 'not usable'}`,
    'stillhunt formats -f json shows what a preset looks like',
    parsed.error,
  );
}
