import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { ConfigError, messageOf } from '../util/errors.ts';
import { flagOf, parseOptions } from './issue.ts';
import { scanSettings } from './options.ts';
import { suggest } from './words.ts';

/** Names of the configuration file that is looked for in the working directory and above. */
export const configFileNames = ['stillhunt.config.json', 'stillhunt.config.toml'] as const;

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

export interface Settings<Values> {
  readonly values: Values;
  /** The configuration file that was read, if any. */
  readonly file: string | undefined;
  /** What was set and is not known, in the environment, where names may be somebody else's. */
  readonly warnings: readonly string[];
}

/**
 * Settings that `schema` has: a flag decides, else the environment (`STILLHUNT_MAX_REJECT_RATE`), else the configuration file, else
 * the default. Throws `UsageError` or `ConfigError` that names the place.
 */
export async function readSettings<Schema extends z.ZodObject>(
  schema: Schema,
  command: string,
  { flags, environment, workingDirectory }: SettingSources,
): Promise<Settings<z.infer<Schema>>> {
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
    values: parseOptions(schema, merged, `stillhunt ${command} --help`, nameOf),
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
  const found = configFileNames.map((name) => join(directory, name)).filter((path) => existsSync(path));
  if (found.length > 1)
    throw new ConfigError(`${found.join(' and ')}: there are two configuration files`, 'keep one of them');
  if (found[0] !== undefined) return found[0];
  const parent = dirname(directory);
  return parent === directory ? undefined : nearestFile(parent);
}

async function readConfigFile(path: string, shown: string): Promise<Record<string, unknown>> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ConfigError(`${shown}: cannot be read (${messageOf(cause)})`, 'check the path of --config', cause);
  });
  const object = await parseObject(text, shown);
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

/** What ends in `.toml` is TOML, everything else JSON. */
async function parseObject(text: string, shown: string): Promise<object> {
  const isToml = extname(shown).toLowerCase() === '.toml';
  let value: unknown;
  try {
    value = isToml ? (await import('smol-toml')).parse(text) : JSON.parse(text);
  } catch (cause) {
    const [reason = ''] = messageOf(cause).split('\n');
    throw new ConfigError(
      `${shown}: not ${isToml ? 'TOML' : 'JSON'} (${reason})`,
      'see stillhunt scan --print-config',
      cause,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConfigError(`${shown}: not an object of settings`, 'see stillhunt scan --print-config');
}
