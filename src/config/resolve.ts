import { createHash } from 'node:crypto';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import type { z } from 'zod';
import { type CanonicalColumn, canonicalColumns } from '../model/column.ts';
import type { Config } from '../model/config.ts';
import { ConfigError, UsageError } from '../util/errors.ts';
import { nearest } from '../util/nearest.ts';
import { type ScanOptions, scanOptions } from './options.ts';
import { packageVersion } from './version.ts';

/** What the configuration has to know of a detector. */
export interface KnownDetector {
  readonly id: string;
  readonly params: z.ZodObject;
}

/** Four gibibytes leave room for the rest of the program within six. */
const largestDefaultMemory = 4 * 2 ** 30;

/** Resolves and checks the options of a scan. Throws `UsageError` or `ConfigError`. */
export function resolveConfig(raw: unknown, detectors: readonly KnownDetector[]): Config {
  const parsed = scanOptions.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new UsageError(`--${name}: ${issue?.message ?? 'not usable'}`, 'see stillhunt scan --help');
  }
  const options = parsed.data;
  const shaping = {
    map: parseMap(options.map),
    inputTimeZone: parseZone(options.inputTz),
    tolerant: options.tolerant,
    disabledDetectors: parseDetectors(options.detectors, detectors),
    detectorParameters: parseParameters(options.param, detectors),
    seed: options.seed,
  };
  return {
    ...shaping,
    version: packageVersion(),
    configHash: hashOf(shaping),
    listRejects: options.rejects !== undefined,
    maxRejectRate: options.maxRejectRate,
    ...resources(options),
  };
}

/** The part of the configuration that every command which opens an engine needs. */
export function resources(options: Pick<ScanOptions, 'threads' | 'memoryLimit' | 'tempDir'>) {
  const memory = Math.min(largestDefaultMemory, totalmem() * 0.6);
  return {
    threads: options.threads ?? availableParallelism(),
    memoryLimit: options.memoryLimit ?? `${Math.floor(memory / 2 ** 20)}MiB`,
    tempDirectory: options.tempDir ?? tmpdir(),
  };
}

function parseMap(pairs: readonly string[]): ReadonlyMap<CanonicalColumn, string> {
  const names = Object.keys(canonicalColumns);
  const map = new Map<CanonicalColumn, string>();
  for (const pair of pairs) {
    const [canonical, source] = splitOnce(pair, '=');
    if (source === '')
      throw new UsageError(`--map ${pair}: not of the form canonical=source`, 'for example --map account_id=user');
    const known = Object.keys(canonicalColumns).find((name): name is CanonicalColumn => name === canonical);
    if (known === undefined)
      throw new UsageError(`--map ${pair}: ${canonical} is no canonical column`, suggest(canonical, names));
    map.set(known, source);
  }
  return map;
}

function parseZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch (cause) {
    throw new UsageError(
      `--input-tz ${zone}: no such time zone`,
      'use an IANA name such as Europe/Berlin, or UTC',
      cause,
    );
  }
  return zone.toUpperCase() === 'UTC' ? 'UTC' : zone;
}

/** `-a,-b` switches detectors off, `+a` on again; `a,b` leaves only these on. */
function parseDetectors(text: string, detectors: readonly KnownDetector[]): ReadonlySet<string> {
  const ids = detectors.map((detector) => detector.id);
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const isSelection = words.length > 0 && words.every((word) => !/^[+-]/.test(word));
  const disabled = new Set(isSelection ? ids : []);
  for (const word of words) {
    const id = word.replace(/^[+-]/, '');
    if (!ids.includes(id)) throw new UsageError(`--detectors: no detector ${id}`, suggest(id, ids));
    if (word.startsWith('-')) disabled.add(id);
    else disabled.delete(id);
  }
  return disabled;
}

function parseParameters(
  settings: readonly string[],
  detectors: readonly KnownDetector[],
): ReadonlyMap<string, Record<string, number>> {
  const parameters = new Map<string, Record<string, number>>();
  for (const setting of settings) {
    const [name, value] = splitOnce(setting, '=');
    const [id, parameter] = splitOnce(name, '.');
    const detector = detectors.find((candidate) => candidate.id === id);
    if (detector === undefined)
      throw new UsageError(
        `--param ${setting}: no detector ${id}`,
        suggest(
          id,
          detectors.map((one) => one.id),
        ),
      );
    const names = Object.keys(detector.params.shape);
    if (!names.includes(parameter))
      throw new UsageError(`--param ${setting}: ${id} has no parameter ${parameter}`, suggest(parameter, names));
    const changed = { ...parameters.get(id), [parameter]: Number(value) };
    const checked = detector.params.safeParse(changed);
    if (!checked.success)
      throw new ConfigError(
        `--param ${setting}: ${checked.error.issues[0]?.message ?? 'not usable'}`,
        'see stillhunt detectors',
      );
    parameters.set(id, changed);
  }
  return parameters;
}

function suggest(word: string, candidates: readonly string[]): string {
  const close = nearest(word, candidates);
  return close === undefined ? `there is: ${candidates.join(', ')}` : `did you mean ${close}?`;
}

function splitOnce(text: string, separator: string): [string, string] {
  const position = text.indexOf(separator);
  return position < 0 ? [text, ''] : [text.slice(0, position), text.slice(position + separator.length)];
}

function hashOf(shaping: object): string {
  const text = JSON.stringify(shaping, (_key, value) => {
    if (value instanceof Map) return [...value].sort();
    return value instanceof Set ? [...value].sort() : value;
  });
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
