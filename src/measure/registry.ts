import type { FeatureFamily } from './family.ts';
import { lifecycle } from './lifecycle.ts';
import { rhythm } from './rhythm.ts';
import { shape } from './shape.ts';
import { volume } from './volume.ts';

export const featureFamilies: readonly FeatureFamily[] = [volume, rhythm, shape, lifecycle];
