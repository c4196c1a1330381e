import type { ReportCluster } from '../model/report.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { shorten, wrap } from './wrap.ts';

const evidenceShown = 3;
const counterEvidenceShown = 1;
const innocentCausesShown = 1;
const longestText = 300;

/** The strongest evidence, and what speaks or may speak against it, in lines of at most `width` characters. */
export function reasons({ evidence, counterEvidence, innocentCauses }: ReportCluster, width: number): string[] {
  return [
    ...evidence.slice(0, evidenceShown).map(({ summary }) => `+ ${summary}`),
    ...counterEvidence.slice(0, counterEvidenceShown).map((text) => `- ${text}`),
    ...innocentCauses.slice(0, innocentCausesShown).map((text) => `? ${text}`),
  ].flatMap((text) => wrap(shorten(escapeForTerminal(text), longestText), width, ''));
}
