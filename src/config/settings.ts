import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, messageOf } from '../util/errors.ts';
import { flagOf, parseOptions } from './issue.ts';
import { type ScanSettings, scanSettings } from './options.ts';
import { suggest } from './words.ts';

/** Name of the configuration file that is looked for in the working directory and above. */
export const configFileName = 'stillhunt.config.json';

const names = Object.keys(scanSettings.shape);

/** Settings that name files; in a configuration file they are relative to it. */
const pathNames: readonly string[] = [
  'tempDir',
  'saltFile',
  'baseline',
  'suppressions',
  'join',
  'declared',
  'releases',
  'bans',
];

/** Where settings come from. */
export interface SettingSources {
  /** Options given on the command line, and no others. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
}

export interface Settings {
  readonly values: ScanSettings;
  /** The configuration file that was read, if any. */
  readonly file: string | undefined;
  /** What was set and is not known, in the environment, where names may be somebody else's. */
  readonly warnings: readonly string[];
}

/**
 * Settings of a scan: a flag decides, else the environment (`STILLHUNT_MAX_REJECT_RATE`), else the configuration file, else
 * the default. Throws `UsageError` or `ConfigError` that names the place.
 */
export async function readSettings({ flags, environment, workingDirectory }: SettingSources): Promise<Settings> {
  const named = flags.config ?? environment[variableOf('config')];
  const file = typeof named === 'string' ? named : nearestFile(workingDirectory);
  const fromFile = file === undefined ? {} : await readConfigFile(resolve(workingDirectory, file), file);
  const fromEnvironment = Object.fromEntries(
    names.flatMap((name) => {
      const text = environment[variableOf(name)];
      return text === undefined || text === '' ? [] : [[name, text]];
    }),
  );
  const nameOf = (name: string): string => {
    if (Object.hasOwn(flags, name)) return flagOf(name);
    return Object.hasOwn(fromEnvironment, name) ? variableOf(name) : `${file}: ${name}`;
  };
  const merged = { ...fromFile, ...fromEnvironment, ...flags };
  return {
    values: parseOptions(scanSettings, merged, 'stillhunt scan --help', nameOf),
    file,
    warnings: unknownVariables(environment),
  };
}

function variableOf(name: string): string {
  return `${prefix}${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

const prefix = 'STILLHUNT_';

function unknownVariables(environment: SettingSources['environment']): string[] {
  const known = [...names, 'config'].map(variableOf);
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !known.includes(name))
    .sort()
    .map((name) => `${name} is no setting and changes nothing; ${suggest(name, known)}`);
}

function nearestFile(directory: string): string | undefined {
  const path = join(directory, configFileName);
  if (existsSync(path)) return path;
  const parent = dirname(directory);
  return parent === directory ? undefined : nearestFile(parent);
}

async function readConfigFile(path: string, shown: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ConfigError(`${shown}: cannot be read (${messageOf(cause)})`, 'check the path of --config', cause);
  });
  const object = parseObject(text, shown);
  for (const name of Object.keys(object)) {
    if (!names.includes(name)) throw new ConfigError(`${shown}: no setting ${name}`, suggest(name, names));
  }
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      pathNames.includes(name) ? resolvePaths(value, dirname(path)) : value,
    ]),
  );
}

function resolvePaths(value: unknown, directory: string): unknown {
  if (Array.isArray(value)) return value.map((one) => resolvePaths(one, directory));
  return typeof value === 'string' ? resolve(directory, value) : value;
}

function parseObject(text: string, shown: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`${shown}: not JSON (${messageOf(cause)})`, 'see stillhunt scan --print-config', cause);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConfigError(`${shown}: not an object of settings`, 'see stillhunt scan --print-config');
}
