import { writeFileSync } from 'node:fs';
import { seededRandom } from '../../src/util/random.ts';

/** What one account of a written log is called and uses. */
export interface Persona {
  readonly account: string;
  readonly address: string;
  readonly card: string;
  readonly domain: string;
}

const header =
  'request_id,timestamp,account_id,ip,payment_id,email_domain,system_prompt_hash,model,input_tokens,output_tokens';

/** Twelve accounts on two cards, three addresses and one template, among sixty strangers; names as `spell` spells them. */
export function personas(spell: (plain: string) => string = (plain) => plain): Persona[] {
  const members = Array.from({ length: 12 }, (_, number) => ({
    account: spell(`member-${number}`),
    address: spell(`10.1.1.${number % 3}`),
    card: spell(`card-shared-${number % 2}`),
    domain: spell(`mail-${number}.example`),
  }));
  const strangers = Array.from({ length: 60 }, (_, number) => ({
    account: spell(`stranger-${number}`),
    address: spell(`10.2.${number}.7`),
    card: spell(`card-own-${number}`),
    domain: spell(`home-${number}.example`),
  }));
  return [...members, ...strangers];
}

/** Writes twenty calls of each account over ten days as CSV. Members come first and send one template of their own. */
export function writeNetwork(path: string, accounts: readonly Persona[], memberCount = 12): void {
  const random = seededRandom(7);
  const rows = accounts.flatMap(({ account, address, card, domain }, number) =>
    Array.from({ length: 20 }, (_, call) => {
      const minute = String(Math.floor(random() * 60)).padStart(2, '0');
      const hour = String(Math.floor(random() * 24)).padStart(2, '0');
      const template = number < memberCount ? 'harvest' : `own-${number}`;
      const time = `2026-03-${String(1 + (call % 10)).padStart(2, '0')}T${hour}:${minute}:00Z`;
      return [`r-${number}-${call}`, time, account, address, card, domain, template, 'large-4', 500, 900]
        .map(cell)
        .join(',');
    }),
  );
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
}

function cell(value: string | number): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}
