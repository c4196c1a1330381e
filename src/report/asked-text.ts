import type { AskedFor, RunReport, Share } from '../model/report.ts';
import { count } from '../util/text.ts';

/** Smaller shares are not worth a word in a line; all are in the JSON report. */
const leastCapability = 0.1;
const leastLabel = 0.05;

/** What a cluster was after, in a line. */
export function askedText({ prompts, capabilities, labels }: AskedFor): string {
  const named = capabilities.filter(({ label }) => label !== 'other');
  const [wanted, asked] = [listed(named, leastCapability), listed(labels, leastLabel)];
  const parts = [wanted, asked === '' ? '' : `asks for ${asked}`].filter((text) => text !== '');
  const what = parts.length === 0 ? 'nothing that the rules have a name for' : parts.join('; ');
  return `${what} (${count(prompts, 'prompt')} read)`;
}

function listed(shares: readonly Share[], least: number): string {
  return shares
    .filter(({ share }) => share >= least)
    .map(({ label, share }) => `${label.replaceAll('-', ' ')} ${Math.round(100 * share)} %`)
    .join(', ');
}

/** Whether a report holds raw prompts, which everything made of it has to say. */
export function showsText({ clusters }: RunReport): boolean {
  return clusters.some(({ asked }) => asked?.examples !== undefined);
}
