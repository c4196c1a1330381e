import type { Thresholds } from '../model/config.ts';
import type { profileNames } from './choices.ts';

/**
 * Where the lines between levels lie, by the reader's patience: `strict` shows what a nightly job may wake somebody for,
 * `sensitive` every lead that an analyst may want to follow.
 */
export const profiles: Readonly<Record<(typeof profileNames)[number], Thresholds>> = {
  strict: {
    expectedFalseAtHigh: 0.001,
    expectedFalseAtMedium: 0.01,
    extractionAtMedium: 0.6,
    isOneFamilyALead: false,
    lowestLevel: 'medium',
  },
  balanced: {
    expectedFalseAtHigh: 0.01,
    expectedFalseAtMedium: 0.05,
    extractionAtMedium: 0.5,
    isOneFamilyALead: false,
    lowestLevel: 'low',
  },
  sensitive: {
    expectedFalseAtHigh: 0.05,
    expectedFalseAtMedium: 0.2,
    extractionAtMedium: 0.4,
    isOneFamilyALead: true,
    lowestLevel: 'low',
  },
};
