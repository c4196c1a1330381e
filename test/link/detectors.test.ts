import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { link } from '../../src/link/link.ts';
import { detectors } from '../../src/link/registry.ts';
import { measure } from '../../src/measure/measure.ts';
import { read } from '../../src/read/read.ts';
import { fixtures, normaliseAll, withContext, withDirectory, writeCsv } from '../support/world.ts';

/** Names of the accounts that a detector links in a fixture. */
async function linked(id: string, file: string): Promise<string[]> {
  return withContext({ detectors: id }, async (context) => {
    const calls = await normaliseAll(context, await read(context, [join(fixtures, 'detectors', id, file)]));
    const features = await measure(context, calls);
    await link(context, calls, features);
    const rows = await context.engine.query(sql`
      SELECT DISTINCT account_id FROM evidence_links JOIN ${identifier(features.relation)} USING (account) ORDER BY account_id`);
    return [...rows].map((row) => row.account_id);
  });
}

const workers = Array.from({ length: 8 }, (_, worker) => `worker-${worker}`);

describe.each(detectors.map((detector) => detector.id))('%s', (id) => {
  it('links what is under common control, and nobody else', async () =>
    expect(await linked(id, 'positive.csv')).toEqual(workers));
  it('links no strangers', async () => expect(await linked(id, 'negative.csv')).toEqual([]));
});

it('says which columns a detector lacks', async () => {
  await withContext({}, async (context) => {
    const calls = await normaliseAll(
      context,
      await read(context, [join(fixtures, 'detectors/shared-payment/positive.csv')]),
    );
    const { runs } = await link(context, calls, await measure(context, calls));
    const states = new Map(runs.map(({ id, state, reason }) => [id, reason ?? state]));
    expect(states.get('shared-payment')).toBe('ran');
    expect(states.get('shared-address')).toBe('no ip in the input');
    expect(states.get('shared-template')).toBe('no system_prompt_hash or template_hash or tools_hash in the input');
    expect(states.get('co-activity')).toBe('ran');
  });
});

it('takes one call from a shared address for a coincidence', async () => {
  await withDirectory(async (directory) => {
    const calls = Array.from({ length: 6 }, (_, account) => [
      [`2026-02-0${account + 1}T10:00:00Z`, `account-${account}`, '203.0.113.9'],
      [`2026-02-0${account + 1}T11:00:00Z`, `account-${account}`, `198.51.100.${account}`],
    ]).flat();
    const path = writeCsv(directory, 'log.csv', ['timestamp', 'account_id', 'ip'], calls);
    await withContext({ detectors: 'shared-address' }, async (context) => {
      const known = await normaliseAll(context, await read(context, [path]));
      const { links } = await link(context, known, await measure(context, known));
      expect(links.numRows).toBe(0);
    });
  });
});

it('tells a network apart from the crowd at one address by its client', async () => {
  await withDirectory(async (directory) => {
    const clients = ['python-sdk/1.40', 'python-sdk/1.38', 'node-sdk/4.2'];
    // A carrier's customers use what everybody uses; the workers among them do not.
    const customers = Array.from({ length: 90 }, (_, number) => [
      `customer-${number}`,
      number < 40 ? '203.0.113.9' : `198.${number}.100.7`,
      clients[number % 3] ?? null,
    ]);
    const worker = Array.from({ length: 6 }, (_, number) => [`worker-${number}`, '203.0.113.9', `puller/0.${number}`]);
    const calls = [...customers, ...worker].flatMap((account) =>
      ['2026-02-01T10:00:00Z', '2026-02-02T11:00:00Z'].map((time) => [time, ...account]),
    );
    const path = writeCsv(directory, 'log.csv', ['timestamp', 'account_id', 'ip', 'user_agent'], calls);
    await withContext({ detectors: 'shared-address' }, async (context) => {
      const known = await normaliseAll(context, await read(context, [path]));
      await link(context, known, await measure(context, known));
      const values = await context.engine.query(sql`SELECT text, sharers FROM evidence_values ORDER BY sharers`);
      expect([...values].map(({ text, sharers }) => [text, sharers])).toEqual([
        ['ip:203.0.113.9 with puller/#', 6],
        ['ip:203.0.113.9', 40],
      ]);
    });
  });
});
