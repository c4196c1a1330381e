import type { CallTest } from './call-tests.ts';
import { interchangeableWork } from './interchangeable-work.ts';

/** Tests over the relation of `storeSampledPrompts`. */
export const textTests: readonly CallTest[] = [interchangeableWork];
