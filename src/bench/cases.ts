import type { SimulateOptions } from '../simulate/world.ts';

/** One kind of world of the evaluation. */
export interface Case {
  readonly name: string;
  readonly options: Pick<SimulateOptions, 'scenario' | 'evasion' | 'without' | 'text'>;
}

const organisation = ['org_id'];
const templates = ['system_prompt_hash', 'template_hash', 'tools_hash'];
const addresses = ['ip', 'asn'];

function lacking(name: string, without: readonly string[]): Case {
  return { name: `evasion 2 without ${name}`, options: { scenario: 'seed', evasion: 2, without } };
}

/** How far the campaigns hide, what the export lacks, and worlds without a campaign or with small ones. */
export const cases: readonly Case[] = [
  ...([0, 1, 2, 3, 4] as const).map(
    (evasion): Case => ({ name: `evasion ${evasion}`, options: { scenario: 'seed', evasion } }),
  ),
  lacking('org', organisation),
  lacking('template hashes', templates),
  lacking('addresses', addresses),
  lacking('all three', [...organisation, ...templates, ...addresses]),
  { name: 'benign only', options: { scenario: 'benign' } },
  { name: 'look-alikes only', options: { scenario: 'lookalikes' } },
  { name: 'three relays of 6', options: { scenario: 'relays' } },
  { name: 'quiet network', options: { scenario: 'network' } },
  { name: 'evasion 4 with text', options: { scenario: 'seed', evasion: 4, text: true } },
  { name: 'benign with text', options: { scenario: 'benign', text: true } },
];
