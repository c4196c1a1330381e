import type { CallTest } from './call-tests.ts';
import { interchangeableWork } from './interchangeable-work.ts';
import { promptDistribution } from './prompt-distribution.ts';
import { topicSweep } from './topic-sweep.ts';

/** Tests on texts, with the relation of `storeSampledPrompts`. They describe a cluster and say whether a story about it fits. */
export const textTests: readonly CallTest[] = [interchangeableWork, promptDistribution, topicSweep];
