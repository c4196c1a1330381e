import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.ts';
import { withDirectory, writeCsv } from '../support/world.ts';
import { stillhunt } from './streams.ts';

const template = 'Reason step by step and never skip a step. The last line holds the final answer.';
const head = ['timestamp', 'account_id', 'payment_id', 'ip', 'prompt', 'system_prompt'];

/** Eight accounts that share a card and work off one list under one template; three hundred strangers. */
function write(directory: string): string {
  const call = (
    account: string,
    payment: string,
    address: string,
    minute: number,
    prompt: string,
    system: string | null,
  ) => [new Date(Date.UTC(2026, 0, 5, 8, minute)).toISOString(), account, payment, address, prompt, system];
  const campaign = Array.from({ length: 400 }, (_, n) =>
    call(`worker-${n % 8}`, 'card-1', `203.0.${n % 8}.1`, n, `Prove lemma secret-${n} about primes.`, template),
  );
  const strangers = Array.from({ length: 1_200 }, (_, n) =>
    call(
      `person-${n % 300}`,
      `card-x${n % 300}`,
      `198.51.${(n % 300) % 200}.${n % 300}`,
      n,
      `What shall I cook on day ${n}?`,
      null,
    ),
  );
  return writeCsv(directory, 'log.csv', head, [...campaign, ...strangers]);
}

const network = ({ clusters }: RunReport) => clusters.find(({ accounts }) => accounts.count === 8);

describe('prompts', () => {
  it('give labels and capabilities, and are shown only where that was asked for', async () => {
    await withDirectory(async (directory) => {
      const log = write(directory);
      const scan = async (...flags: string[]): Promise<RunReport> =>
        JSON.parse((await stillhunt([log, '-f', 'json', '--profile', 'sensitive', ...flags])).stdout);
      const plain = await scan();
      const asked = network(plain)?.asked;
      expect(asked?.labels[0]).toEqual({ label: 'chain-of-thought', share: 1 });
      expect(asked?.capabilities[0]?.label).toBe('reasoning');
      expect(network(plain)?.targets.map(({ label }) => label)).toContain('chain-of-thought');
      expect(/secret-\d/.test(JSON.stringify(plain))).toBe(false);

      const shown = await scan('--show-text');
      expect(network(shown)?.asked?.examples).toHaveLength(3);
      expect(network(shown)?.asked?.examples?.[0]).toMatch(/^Prove lemma secret-/);
      expect({ ...network(shown), asked }).toEqual(network(plain));
    });
  }, 180_000);

  it('are not shown and hidden at once', async () => {
    const { code, stderr } = await stillhunt([join('any', 'log.csv'), '--show-text', '--redact']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--show-text shows what --redact is to hide')]);
  });
});
