import type { KnownCluster, ReportCluster } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';
import { askedText } from './asked-text.ts';
import { shorten, wrap } from './wrap.ts';

const evidenceShown = 3;
const counterEvidenceShown = 1;
const innocentCausesShown = 1;
const longestText = 300;

/** The strongest evidence, and what speaks or may speak against it, in lines of at most `width` characters. */
export function reasons(cluster: ReportCluster, width: number): string[] {
  const { evidence, counterEvidence, innocentCauses, known, campaign, asked } = cluster;
  return [
    ...(known === undefined ? [] : [`= ${knownText(known)}`]),
    ...(campaign === undefined ? [] : [`= ${campaignText(campaign)}`]),
    ...(asked === undefined ? [] : [`= after ${askedText(asked)}`]),
    ...evidence.slice(0, evidenceShown).map(({ summary }) => `+ ${summary}`),
    ...counterEvidence.slice(0, counterEvidenceShown).map((text) => `- ${text}`),
    ...innocentCauses.slice(0, innocentCausesShown).map((text) => `? ${text}`),
  ].flatMap((text) => wrap(shorten(escapeForTerminal(text), longestText), width, ''));
}

/** What a cluster is a part of. */
function campaignText({ ranks, accounts, queries }: NonNullable<ReportCluster['campaign']>): string {
  return `one campaign with ranks ${ranks.join(', ')}: ${count(accounts, 'account')}, ${count(queries, 'query', 'queries')}`;
}

/** Why a cluster is no news. */
export function knownText({ by, reason, until }: KnownCluster): string {
  if (by === 'baseline') return 'known from the baseline';
  return `suppressed until ${until ?? 'further notice'}${reason === undefined ? '' : `: ${reason}`}`;
}
