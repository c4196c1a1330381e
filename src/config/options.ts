import { z } from 'zod';

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

/** Options of a scan as they come from the command line: texts, lists and flags, nothing resolved. */
export const scanOptions = resourceOptions.extend({
  map: z.array(z.string()).default([]),
  inputTz: z.string().default('UTC'),
  tolerant: z.boolean().default(false),
  maxRejectRate: numeric('expected a share from 0 to 1', (value) => value >= 0 && value <= 1).default(0.5),
  detectors: z.string().default(''),
  param: z.array(z.string()).default([]),
  seed: seed.default(1),
});
