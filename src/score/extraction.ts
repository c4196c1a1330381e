import type { Profile } from './profile.ts';
import type { AccountColumns, Traffic } from './traffic.ts';

/** One sign that traffic harvests a model's answers, 0..1, with the sentence that says so. */
export interface ExtractionSign {
  readonly name: string;
  readonly value: number;
}

/**
 * Signs of harvesting in a cluster's traffic, those the log has columns for. None of them links accounts: many honest
 * customers show one or two.
 */
export function extractionSigns(
  columns: AccountColumns,
  traffic: Traffic,
  profile: Profile,
  sharesTemplates: boolean,
): ExtractionSign[] {
  const signs: ExtractionSign[] = [];
  if (columns.has('mean_log_output')) {
    signs.push({ name: 'long answers', value: traffic.outputRank });
    signs.push({ name: 'accounts alike', value: 1 - traffic.diversity });
  }
  if (columns.has('cached_tokens')) signs.push({ name: 'cache unused', value: 1 - traffic.cacheRank });
  if (profile.prompts !== undefined) {
    const unrepeated = 1 - Math.min(1, profile.prompts.withinAccounts + profile.prompts.betweenAccounts);
    signs.push({ name: 'prompts dealt out once each', value: sharesTemplates ? unrepeated : unrepeated / 2 });
  }
  signs.push({ name: 'round the clock', value: flatness(profile.byHour) });
  return signs;
}

/** 0..1: mean of the signs, over three at least: one sign alone proves nothing. */
export function extractionScore(signs: readonly ExtractionSign[]): number {
  const fewestSigns = 3;
  return (
    signs.reduce((sum, sign) => sum + Math.min(1, Math.max(0, sign.value)), 0) / Math.max(fewestSigns, signs.length)
  );
}

/** How evenly calls fall on the hours of the day: 1 = evenly, 0 = half of the day or more is empty. */
function flatness(byHour: readonly number[]): number {
  const total = byHour.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const quietHalf = [...byHour]
    .sort((a, b) => a - b)
    .slice(0, 12)
    .reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * quietHalf) / total);
}
