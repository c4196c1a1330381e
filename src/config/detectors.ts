import type { z } from 'zod';
import { ConfigError, UsageError } from '../util/errors.ts';
import { splitOnce, suggest } from './words.ts';

/** What the configuration has to know of a detector. */
export interface KnownDetector {
  readonly id: string;
  readonly params: z.ZodObject;
}

/** Ids that are switched off: `-a,-b` switches detectors off, `+a` on again; `a,b` leaves only these on. */
export function parseDetectors(text: string, detectors: readonly KnownDetector[]): ReadonlySet<string> {
  const ids = detectors.map((detector) => detector.id);
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const isSelection = words.length > 0 && words.every((word) => !/^[+-]/.test(word));
  const disabled = new Set(isSelection ? ids : []);
  for (const word of words) {
    const id = word.replace(/^[+-]/, '');
    if (!ids.includes(id)) throw new UsageError(`--detectors ${text}: no detector ${id}`, suggest(id, ids));
    if (word.startsWith('-')) disabled.add(id);
    else disabled.delete(id);
  }
  if (ids.length > 0 && disabled.size === ids.length)
    throw new ConfigError(`--detectors ${text}: no detector is left on`, 'leave at least one on');
  return disabled;
}

/** Changed parameters by detector id, from `detector.name=value`. */
export function parseParameters(
  settings: readonly string[],
  detectors: readonly KnownDetector[],
): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const parameters = new Map<string, Record<string, number>>();
  for (const setting of settings) {
    const { detector, name, value } = parseSetting(setting, detectors);
    const changed = { ...parameters.get(detector.id), [name]: value };
    const checked = detector.params.safeParse(changed);
    if (!checked.success)
      throw new ConfigError(
        `--param ${setting}: ${checked.error.issues[0]?.message ?? 'not usable'}`,
        'see stillhunt detectors',
      );
    parameters.set(detector.id, changed);
  }
  return parameters;
}

function parseSetting(setting: string, detectors: readonly KnownDetector[]) {
  const [path, text] = splitOnce(setting, '=');
  const [id, name] = splitOnce(path, '.');
  if (name === '' || text.trim() === '')
    throw new UsageError(
      `--param ${setting}: not of the form detector.name=value`,
      'see stillhunt detectors for the names',
    );
  const ids = detectors.map((candidate) => candidate.id);
  const detector = detectors.find((candidate) => candidate.id === id);
  if (detector === undefined) throw new UsageError(`--param ${setting}: no detector ${id}`, suggest(id, ids));
  const names = Object.keys(detector.params.shape);
  if (!names.includes(name))
    throw new UsageError(`--param ${setting}: ${id} has no parameter ${name}`, suggest(name, names));
  const value = Number(text);
  if (!Number.isFinite(value))
    throw new ConfigError(`--param ${setting}: ${text} is no number`, 'parameters are numbers');
  return { detector, name, value };
}
