import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reporters } from '../../src/report/registry.ts';
import { personas, writeNetwork } from '../support/network.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

/** Ways to write a name that outputs may escape, quote or cut; each keeps a part that must be seen nowhere. */
const spellings: readonly (readonly [string, (plain: string) => string])[] = [
  ['plain', (plain) => `Secret${plain}`],
  ['a mail address', (plain) => `Secret${plain}@example.org`],
  ['a formula', (plain) => `=Secret${plain}`],
  ['quotes and commas', (plain) => `"Secret${plain}", 'x'`],
  ['markup', (plain) => `<b>Secret${plain}</b> | _x_`],
  ['direction marks', (plain) => `\u202eSecret${plain}\u2066`],
  ['escapes, now and then', (plain) => (plain.endsWith('-7') ? `\u001b[31mSecret${plain}` : `Secret${plain}`)],
  ['a kind of its own', (plain) => `secret:Secret${plain}`],
  ['a long name', (plain) => `Secret${plain}${'z'.repeat(400)}`],
];

const salt = 'a salt of more than sixteen bytes\n';

/** Everything that a redacted scan of a log in this spelling writes, by name. */
async function everyOutput(directory: string, spell: (plain: string) => string): Promise<Map<string, Buffer>> {
  const log = join(directory, 'Secretlog.csv');
  writeNetwork(log, personas(spell));
  writeFileSync(join(directory, 'salt'), salt);
  const extensions = reporters.map(({ extensions }) => extensions[0] ?? '');
  const files = extensions.map((extension) => join(directory, `run${extension}`));
  const outputs = [
    ...files.flatMap((file) => ['-o', file]),
    '--rejects',
    join(directory, 'rejects.csv'),
    '--accounts',
    join(directory, 'accounts.csv'),
    '--evidence',
    join(directory, 'evidence.csv'),
    '--indicators',
    join(directory, 'indicators.csv'),
  ];
  const redacted = [log, '-v', '--redact', '--salt-file', join(directory, 'salt'), '--force'];
  const { code, stdout, stderr } = await stillhunt([...redacted, ...outputs]);
  expect(code, stderr).toBe(0);
  const arrow = join(directory, 'accounts.arrow');
  const around = await stillhunt([...redacted, '--accounts', arrow, '--seed-account', spell('member-3')]);
  expect(around.stdout).toContain('Who shares them');
  const tables = ['rejects.csv', 'accounts.csv', 'evidence.csv', 'indicators.csv'].map((name) => join(directory, name));
  const names = [...files, ...tables, arrow];
  return new Map([
    ['stdout', Buffer.from(stdout)],
    ['stderr', Buffer.from(stderr)],
    ['stdout of --seed-account', Buffer.from(around.stdout)],
    ...names.map((name): [string, Buffer] => [name, readFileSync(name)]),
  ]);
}

describe('--redact', () => {
  it('shows no network that an account calls from', async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeFileSync(log, 'timestamp,account_id,asn\n2026-03-01T00:00:00Z,a,Secretnet\n2026-03-01T00:00:01Z,b,-\n');
      const accounts = join(directory, 'accounts.csv');
      const { code, stderr } = await stillhunt([log, '--redact', '--accounts', accounts]);
      expect(code, stderr).toBe(0);
      expect(readFileSync(accounts, 'utf8')).toMatch(/,asn:asn-[0-9a-f]{16},/);
      expect(readFileSync(accounts, 'utf8')).not.toContain('Secret');
    });
  });

  it.each(spellings)('shows nothing that the log calls anybody: %s', async (_name, spell) => {
    await withDirectory(async (directory) => {
      const outputs = await everyOutput(directory, spell);
      expect(JSON.parse(String(outputs.get(join(directory, 'run.json')))).clusters).toHaveLength(1);
      for (const [name, content] of outputs)
        expect({ name, leak: content.includes('Secret') }).toEqual({ name, leak: false });
    });
  });

  it('gives one alias everywhere, and the same one to the same salt only', async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeNetwork(log, personas());
      const run = async (name: string) => {
        writeFileSync(join(directory, 'salt'), name);
        const accounts = join(directory, 'accounts.csv');
        const flags = ['--redact', '--salt-file', join(directory, 'salt'), '--accounts', accounts, '--force'];
        const { stdout } = await stillhunt([log, '-f', 'json', ...flags]);
        const [cluster] = JSON.parse(stdout).clusters;
        const members = readFileSync(accounts, 'utf8')
          .split('\n')
          .filter((line) => line.includes(cluster.id));
        expect(members.map((line) => line.split(',')[0]).sort()).toEqual(cluster.accounts.ids);
        return stdout;
      };
      const first = await run('first salt, long enough');
      expect(await run('first salt, long enough')).toBe(first);
      expect(await run('second salt, long enough')).not.toBe(first);
    });
  });

  it('says that random aliases will not come back, and refuses a salt that is gone or can be guessed', async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeNetwork(log, personas());
      expect((await stillhunt([log, '--redact'])).stderr).toContain('keep them with --salt-file FILE');
      expect((await stillhunt([log, '--redact', '-q'])).stderr).toBe('');
      writeFileSync(join(directory, 'salt'), 'short\n');
      const refused = await stillhunt([log, '--redact', '--salt-file', join(directory, 'salt')]);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('a salt of 5 bytes can be guessed');
      expect((await stillhunt([log, '--redact', '--salt-file', 'gone'])).stderr).toContain('gone: cannot be read');
    });
  });
});

describe('report --redact', () => {
  it('gives a saved run the aliases that a redacted scan gives, and no run twice', async () => {
    await withDirectory(async (directory) => {
      const [log, run, hidden, salt] = ['log.csv', 'run.json', 'hidden.json', 'salt'].map((name) =>
        join(directory, name),
      );
      writeNetwork(
        log ?? '',
        personas((plain) => `Secret${plain}`),
      );
      writeFileSync(salt ?? '', 'a salt that nobody else has');
      const flags = ['--redact', '--salt-file', salt ?? ''];
      await stillhunt([log ?? '', '-o', run ?? '']);
      const scanned = await stillhunt([log ?? '', '-f', 'json', ...flags]);
      const shown = await stillhunt(['report', run ?? '', '-f', 'json', '-o', hidden ?? '', ...flags]);
      expect(shown.stdout).toBe(scanned.stdout);
      expect((await stillhunt(['report', hidden ?? ''])).stdout).toMatch(
        /^names +aliases, made with key [0-9a-f]{8}$/m,
      );
      expect((await stillhunt(['report', hidden ?? '', ...flags])).stderr).toContain('is redacted already');
    });
  });
});

describe('--indicators', () => {
  it('writes hashes that whoever has the salt can make from the same values', async () => {
    await withDirectory(async (directory) => {
      const [log, file, salt] = ['log.csv', 'indicators.csv', 'salt'].map((name) => join(directory, name));
      writeNetwork(log ?? '', personas());
      writeFileSync(salt ?? '', 'a salt that two providers share\n');
      await stillhunt([log ?? '', '--indicators', file ?? '', '--salt-file', salt ?? '']);
      const rows = readFileSync(file ?? '', 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(','));
      const hash = createHmac('sha256', 'a salt that two providers share')
        .update('payment_id\ncard-shared-0')
        .digest('hex');
      expect(rows[0]).toEqual(['kind', 'hash', 'cluster_id', 'members', 'others']);
      expect(rows.map((row) => row[0])).toContain('ip');
      expect(rows.find((row) => row[1] === hash)?.slice(3)).toEqual(['6', '0']);
    });
  });

  it('needs a salt that others have', async () => {
    const { code, stderr } = await stillhunt(['x.csv', '--indicators', 'y.csv']);
    expect(code).toBe(2);
    expect(stderr).toContain('--indicators needs --salt-file');
  });
});
