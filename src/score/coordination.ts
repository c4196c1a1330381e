import type { Cluster } from '../model/cluster.ts';

/**
 * 0..1: are these accounts one actor? Each supported family leaves open 1 - coverage x confidence; independent families
 * multiply what they leave open. Confidence is the member's odds on the scale of the whole population, ln(odds) / ln(n).
 */
export function coordinationScore(cluster: Cluster, population: number): number {
  const open = cluster.families
    .filter((family) => family.isSupported)
    .reduce((rest, family) => {
      const coverage = family.covered / Math.max(1, family.present);
      const confidence = Math.min(1, Math.max(0, family.logOdds) / Math.log(Math.max(2, population)));
      return rest * (1 - coverage * confidence);
    }, 1);
  return 1 - open;
}
