import { z } from 'zod';
import { colorChoices, levelChoices, profileNames, progressChoices } from './choices.ts';
import { timeZone } from './zone.ts';

/** A number that may come as text; anything else is refused with what was expected. Blank text is no number. */
export function numeric(expected: string, accepts: (value: number) => boolean) {
  return z
    .union([z.number(), z.string()], { error: expected })
    .transform((value) => (typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)))
    .refine(accepts, expected);
}

const largestSeed = 2 ** 32 - 1;
const mostThreads = 1024;

/** A whole number from 0 on, for everything random. */
export const seed = numeric(
  `expected a whole number from 0 to ${largestSeed}`,
  (value) => Number.isInteger(value) && value >= 0 && value <= largestSeed,
);

const memorySize = 'expected a size such as 4GB or 512MiB';

/** How much of the machine an engine may use; every command that opens one has these. */
export const resourceOptions = z.object({
  threads: numeric(
    `expected a whole number from 1 to ${mostThreads}`,
    (value) => Number.isInteger(value) && value >= 1 && value <= mostThreads,
  ).optional(),
  memoryLimit: z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?\s*(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i, memorySize)
    .refine((size) => Number.parseFloat(size) > 0, memorySize)
    .optional(),
  tempDir: z.string().optional(),
});

export type ResourceOptions = z.infer<typeof resourceOptions>;

/** A switch; in the environment it is a word. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])], { error: 'expected true or false' })
  .transform((value) => value === true || value === 'true' || value === '1');

/** Pairs `name=value`: a list of texts, one text with commas, or an object. */
const pairs = z.union(
  [
    z.array(z.string()),
    z.string().transform((text) => text.split(',')),
    z
      .record(z.string(), z.union([z.string(), z.number()]))
      .transform((object) => Object.entries(object).map(([name, value]) => `${name}=${value}`)),
  ],
  { error: 'expected pairs name=value' },
);

/** Names: a list of texts, or one text with commas. */
const names = z.union([z.array(z.string()), z.string().transform((text) => text.split(','))], {
  error: 'expected a name or a list of names',
});

/** Paths: a list, or one text. */
const paths = z.union([z.array(z.string()), z.string().transform((path) => [path])], { error: 'expected paths' });

/** Options of a scan that can change its result or its use of the machine; nothing resolved yet. */
export const scanOptions = resourceOptions.extend({
  profile: z.enum(profileNames).default('balanced'),
  preset: names.default([]),
  account: z.string().min(1).optional(),
  map: pairs.default([]),
  inputTz: timeZone.default('UTC'),
  since: z.string().optional(),
  until: z.string().optional(),
  last: z.string().optional(),
  tolerant: flag.default(false),
  keepDuplicates: flag.default(false),
  showText: flag.default(false),
  maxRejectRate: numeric('expected a share from 0 to 1', (value) => value >= 0 && value <= 1).default(0.5),
  detectors: z.string().default(''),
  param: pairs.default([]),
  seed: seed.default(1),
  join: paths.default([]),
  declared: z.string().optional(),
  releases: z.string().optional(),
  bans: z.string().optional(),
});

/** How much is said on stderr: 1 as it is being done, 2 every statement too. A switch given twice counts twice. */
const verbosity = z
  .union([flag.transform(Number), numeric('expected 0, 1 or 2', (level) => [0, 1, 2].includes(level))], {
    error: 'expected 0, 1 or 2',
  })
  .default(0);

/** How a command shows itself; every command that opens an engine has these. */
export const displayOptions = z.object({
  /** `--no-progress` gives false. */
  progress: z
    .union([z.enum(progressChoices), z.literal(false).transform(() => 'none' as const)], {
      error: `expected one of ${progressChoices.join(', ')}`,
    })
    .default('auto'),
  quiet: flag.default(false),
  verbose: verbosity,
  tz: timeZone.default('UTC'),
});

/** Everything that the command line, the environment and the configuration file may set for a scan. */
export const scanSettings = scanOptions.extend(displayOptions.shape).extend({
  format: z.string().default('table'),
  color: z.enum(colorChoices).default('auto'),
  failOn: z.enum(levelChoices).optional(),
  baseline: z.string().optional(),
  suppressions: z.string().optional(),
  redact: flag.default(false),
  saltFile: z.string().optional(),
});

/** Settings of the commands that show saved runs: those of a scan that mean the same there. */
export const reportSettings = scanSettings.pick({
  format: true,
  color: true,
  redact: true,
  saltFile: true,
  quiet: true,
  tz: true,
});
export const explainSettings = scanSettings.pick({ color: true, quiet: true, tz: true });
export const diffSettings = scanSettings.pick({ format: true, color: true, quiet: true, failOn: true });

export type ScanSettings = z.infer<typeof scanSettings>;

export type DisplayOptions = z.infer<typeof displayOptions>;
