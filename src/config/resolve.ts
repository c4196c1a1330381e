import { availableParallelism, tmpdir, totalmem } from 'node:os';
import type { z } from 'zod';
import type { EngineOptions } from '../engine/engine.ts';
import { type CanonicalColumn, canonicalNames, isCanonical } from '../model/column.ts';
import type { Config, SideFiles } from '../model/config.ts';
import { UsageError } from '../util/errors.ts';
import { type KnownDetector, parseDetectors, parseParameters } from './detectors.ts';
import { hashOf } from './hash.ts';
import { parseOptions } from './issue.ts';
import { type ResourceOptions, scanOptions } from './options.ts';
import { parsePeriod } from './period.ts';
import { profiles } from './profile.ts';
import { packageVersion } from './version.ts';
import { splitOnce, suggest } from './words.ts';

/** Four gibibytes leave room for the rest of the program within six. */
const largestDefaultMemory = 4 * 2 ** 30;

/** Resolves and checks the options of a scan. Throws `UsageError` or `ConfigError`. */
export function resolveConfig(raw: object, detectors: readonly KnownDetector[]): Config {
  const options = parseOptions(scanOptions, raw, 'stillhunt scan --help');
  const shared = {
    presets: options.preset,
    account: options.account,
    map: parseMap(options.map),
    inputTimeZone: options.inputTz,
    tolerant: options.tolerant,
    keepDuplicates: options.keepDuplicates,
    seed: options.seed,
    thresholds: profiles[options.profile],
    period: parsePeriod(options),
  };
  const disabledDetectors = parseDetectors(options.detectors, detectors);
  const detectorParameters = parseParameters(options.param, detectors);
  // Parameters count with their defaults: spelling a default out changes nothing, a new default does.
  const running = detectors
    .filter(({ id }) => !disabledDetectors.has(id))
    .map(({ id, params }): [string, unknown] => [id, params.parse(detectorParameters.get(id) ?? {})]);
  return {
    ...shared,
    version: packageVersion(),
    configHash: hashOf({ ...shared, detectors: new Map(running) }),
    disabledDetectors,
    detectorParameters,
    maxRejectRate: options.maxRejectRate,
    showsText: options.showText,
    sideFiles: sideFiles(options),
    ...resources(options),
  };
}

function sideFiles({ join, declared, releases, bans }: z.infer<typeof scanOptions>): SideFiles {
  return {
    join,
    ...(declared === undefined ? {} : { declared }),
    ...(releases === undefined ? {} : { releases }),
    ...(bans === undefined ? {} : { bans }),
  };
}

/** The part of the configuration that every command which opens an engine needs. */
export function resources(options: ResourceOptions): EngineOptions {
  const memory = Math.min(largestDefaultMemory, totalmem() * 0.6);
  return {
    threads: options.threads ?? availableParallelism(),
    memoryLimit: options.memoryLimit ?? `${Math.floor(memory / 2 ** 20)}MiB`,
    tempDirectory: options.tempDir ?? tmpdir(),
  };
}

function parseMap(pairs: readonly string[]): ReadonlyMap<CanonicalColumn, string> {
  const map = new Map<CanonicalColumn, string>();
  for (const pair of pairs) {
    const [canonical, source] = splitOnce(pair, '=');
    if (source === '')
      throw new UsageError(`--map ${pair}: not of the form canonical=source`, 'for example --map account_id=user');
    if (!isCanonical(canonical))
      throw new UsageError(`--map ${pair}: ${canonical} is no canonical column`, suggest(canonical, canonicalNames));
    const earlier = map.get(canonical);
    if (earlier !== undefined && earlier !== source)
      throw new UsageError(`--map ${pair}: ${canonical} is mapped to ${earlier} already`, 'give one source a column');
    map.set(canonical, source);
  }
  return map;
}
