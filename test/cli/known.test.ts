import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personas, writeNetwork } from '../support/network.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

/** A log with one network, and the run that was saved from it. */
async function withRun(action: (log: string, run: string, clusterId: string, directory: string) => Promise<void>) {
  await withDirectory(async (directory) => {
    const [log, run] = [join(directory, 'log.csv'), join(directory, 'run.json')];
    writeNetwork(log, personas());
    const { stdout } = await stillhunt([log, '-f', 'json', '-o', run]);
    await action(log, run, JSON.parse(stdout).clusters[0].id, directory);
  });
}

describe('--fail-on', () => {
  it('counts only what is new against --baseline', async () =>
    withRun(async (log, run) => {
      expect((await stillhunt([log, '--fail-on', 'low'])).code).toBe(1);
      const { code, stdout } = await stillhunt([log, '--fail-on', 'low', '--baseline', run]);
      expect(code).toBe(0);
      expect(stdout).toContain('= known from the baseline');
    }));

  it('counts nothing that is suppressed, by the name in the log or by its alias', async () =>
    withRun(async (log, _run, id, directory) => {
      const [salt, file] = [join(directory, 'salt'), join(directory, 'suppressions.json')];
      writeFileSync(salt, 'a salt that nobody knows');
      const redacted = ['--redact', '--salt-file', salt];
      const alias = JSON.parse((await stillhunt([log, '-f', 'json', ...redacted])).stdout).clusters[0].id;
      for (const cluster of [id, alias]) {
        writeFileSync(file, JSON.stringify([{ cluster, reason: 'a partner', until: '9999-12-31' }]));
        const { code, stdout, stderr } = await stillhunt([
          log,
          '--fail-on',
          'low',
          '--suppressions',
          file,
          ...redacted,
        ]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('= suppressed until 9999-12-31');
        expect(stdout).not.toContain('a partner');
      }
    }));

  it('of diff counts new clusters and those that rose', async () =>
    withRun(async (_log, run, _id, directory) => {
      const empty = join(directory, 'empty.json');
      writeFileSync(join(directory, 'none.csv'), 'timestamp,account_id\n2026-03-01,a\n');
      await stillhunt([join(directory, 'none.csv'), '-o', empty]);
      expect((await stillhunt(['diff', empty, run])).code).toBe(0);
      expect((await stillhunt(['diff', empty, run, '--fail-on', 'low'])).code).toBe(1);
      expect((await stillhunt(['diff', run, run, '--fail-on', 'low'])).code).toBe(0);
      expect((await stillhunt(['diff', run, empty, '--fail-on', 'low'])).code).toBe(0);
    }));
});

describe('a suppression', () => {
  it('that has expired or covers nothing is said, unless quiet', async () =>
    withRun(async (log, _run, id, directory) => {
      const file = join(directory, 'suppressions.json');
      const entries = [
        { cluster: id, reason: 'past', until: '1999-12-31' },
        { account: 'nobody', reason: 'unused', until: '9999-12-31' },
      ];
      writeFileSync(file, JSON.stringify(entries));
      const { code, stderr } = await stillhunt([log, '--fail-on', 'low', '--suppressions', file]);
      expect(code).toBe(1);
      expect(stderr).toBe(
        `stillhunt: suppression of cluster ${id} has expired on 1999-12-31\n` +
          'stillhunt: suppression of account nobody covers nothing; remove it\n',
      );
      expect((await stillhunt([log, '-q', '--suppressions', file])).stderr).toBe('');
    }));

  it.each([
    [[{ cluster: 'c', until: '2027-01-31' }], 'entry 1, reason'],
    [[{ cluster: 'c', reason: 'x' }], 'entry 1, until'],
    [[{ cluster: 'c', reason: 'x', until: 'soon' }], 'entry 1, until: expected a day'],
    [[{ cluster: 'c', account: 'a', reason: 'x', until: '2027-01-31' }], 'entry 1: expected one of'],
    [[{ clutser: 'c', reason: 'x', until: '2027-01-31' }], 'entry 1'],
    [{}, 'the whole'],
  ])('%j is refused', async (content, message) => {
    await withDirectory(async (directory) => {
      const file = join(directory, 'suppressions.json');
      writeFileSync(file, JSON.stringify(content));
      const { code, stderr } = await stillhunt(['x.csv', '--suppressions', file]);
      expect(code).toBe(2);
      expect(stderr).toContain(`suppressions.json: ${message}`);
    });
  });
});
