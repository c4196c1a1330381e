import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personas, writeNetwork } from '../support/network.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

/** A log with a network, and a stranger who shares one of its addresses now and then. */
async function withLog(action: (log: string) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    const log = join(directory, 'log.csv');
    const accounts = personas();
    const visitor = { ...accounts[20], address: '10.1.1.2' };
    writeNetwork(
      log,
      accounts.map((one, number) => (number === 20 ? { ...one, ...visitor } : one)),
    );
    await action(log);
  });
}

describe('--seed-account', () => {
  it('shows the cluster of an account, what it shares and with whom', () =>
    withLog(async (log) => {
      const { code, stdout } = await stillhunt([log, '--seed-account', 'member-3']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^member-3 is in c-[0-9a-f]{12}/);
      expect(stdout).toContain('payment_id:card-shared-1');
      expect(stdout).toMatch(/shared-payment: 6 of 72 owners use it, 20 queries/);
      // member-9 is the only other one with the same card and the same address.
      expect(stdout).toMatch(/Who shares them\n {2}account .*\n {2}member-9 +3 /);
    }));

  it('shows what an account in no cluster shares, those who share the rarest things first', () =>
    withLog(async (log) => {
      const { stdout } = await stillhunt([log, '--seed-account', 'stranger-8', '-f', 'json']);
      const { isKnown, values, neighbours } = JSON.parse(stdout);
      expect(isKnown).toBe(true);
      expect(values).toMatchObject([{ detector: 'shared-address', text: 'ip:10.1.1.2', sharers: 5, population: 72 }]);
      expect(neighbours.map(({ id }: { id: string }) => id)).toEqual(['member-11', 'member-2', 'member-5', 'member-8']);
      expect((await stillhunt([log, '--seed-account', 'stranger-8'])).stdout).toContain('is in no cluster of this run');
    }));

  it('says that there is no such account, and has no other formats', () =>
    withLog(async (log) => {
      const { code, stdout } = await stillhunt([log, '--seed-account', 'nobody\u001b']);
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'nobody\\u001b has no usable call in the input.\n' });
      expect((await stillhunt([log, '--seed-account', 'x', '-f', 'csv'])).code).toBe(2);
    }));
});
