import { createRequire } from 'node:module';
import { z } from 'zod';
import type { Family } from '../model/report.ts';

const weight = z.number().min(0).max(1);

const stored = z.object({
  weights: z.object({ identity: weight, network: weight, content: weight, timing: weight, shape: weight }),
});

/**
 * How much of the surprise that each family claims counts in the search for communities, 0..1; measured by
 * `npm run calibrate`, which writes the file and says in it how.
 */
export const familyWeights: Readonly<Record<Family, number>> = stored.parse(
  createRequire(import.meta.url)('./family-weights.json'),
).weights;
