import type { Cluster } from '../model/cluster.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ReportEvidence } from '../model/report.ts';
import { count } from '../util/text.ts';
import type { Findings } from './innocent.ts';
import { repeatsPrompts, sharesPrompts } from './profile.ts';
import type { DetectorShare } from './shared-values.ts';

/** The evidence of a cluster, strongest first, each with a sentence. */
export function clusterEvidence(
  evidence: Evidence,
  cluster: Cluster,
  memberCount: number,
  population: number,
  shares: readonly DetectorShare[],
): ReportEvidence[] {
  return shares
    .flatMap((share) => {
      const run = evidence.runs[share.detector];
      const support = cluster.families.find((family) => family.family === run?.family);
      if (run === undefined || support === undefined || share.accounts < 2) return [];
      const facts = { ...share, members: memberCount, logOdds: support.logOdds };
      const confidence = Math.min(1, Math.max(0, support.logOdds) / Math.log(Math.max(2, population)));
      return [
        {
          detector: run.id,
          family: run.family,
          strength: (confidence * share.accounts) / memberCount,
          accounts: share.accounts,
          summary: run.explain(facts),
          examples: share.examples,
        },
      ];
    })
    .sort((left, right) => right.strength - left.strength || left.detector.localeCompare(right.detector, 'en'));
}

/** What speaks against a cluster being one hidden actor that harvests answers. */
export function counterEvidence(findings: Findings): string[] {
  const { cluster, traffic, profile, support } = findings;
  const reasons: string[] = [];
  for (const family of cluster.families) {
    if (family.isSupported || family.present * 2 < cluster.entities.length) continue;
    const shared = family.covered === 0 ? 'none of them' : `only ${count(family.covered)} of them`;
    reasons.push(`${family.family}: ${count(family.present)} members could share something here, ${shared} do`);
  }
  if (traffic.diversity > 0.5)
    reasons.push('members differ in the length of their answers about as much as strangers do');
  if (traffic.cacheRank > 0.75) reasons.push('they use the prompt cache more than three quarters of all accounts do');
  const prompts = profile.prompts;
  if (prompts !== undefined && sharesPrompts(profile)) {
    reasons.push(
      `${percent(prompts.betweenAccounts)} of their prompts were sent by several members: work is not dealt out`,
    );
  }
  if (prompts !== undefined && repeatsPrompts(profile)) {
    reasons.push(`${percent(prompts.withinAccounts)} of their calls repeat an earlier prompt of the same account`);
  }
  if ((support('network')?.topShare ?? 0) >= 0.9) reasons.push('nearly all of them call from one single address');
  return reasons;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
