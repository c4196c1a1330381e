import type { Level } from '../model/report.ts';

/** Levels from the weakest to the strongest. */
export const levels: readonly Level[] = ['low', 'medium', 'high'];

/** Whether a level is this one or a stronger one. */
export function isAtLeast(level: Level, least: Level): boolean {
  return levels.indexOf(level) >= levels.indexOf(least);
}
