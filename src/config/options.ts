import { z } from 'zod';

/** Options of a scan as they come from the command line: texts, lists and flags, nothing resolved. */
export const scanOptions = z.object({
  map: z.array(z.string()).default([]),
  inputTz: z.string().default('UTC'),
  tolerant: z.boolean().default(false),
  maxRejectRate: z.coerce.number().min(0).max(1).default(0.5),
  detectors: z.string().default(''),
  param: z.array(z.string()).default([]),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  threads: z.coerce.number().int().min(1).max(1024).optional(),
  memoryLimit: z
    .string()
    .regex(/^\d+(\.\d+)?\s*(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i, 'a size such as 4GB')
    .optional(),
  tempDir: z.string().optional(),
  rejects: z.string().optional(),
});

export type ScanOptions = z.infer<typeof scanOptions>;
