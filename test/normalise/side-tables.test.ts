import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measure } from '../../src/measure/measure.ts';
import type { Calls } from '../../src/model/calls.ts';
import { read } from '../../src/read/read.ts';
import { InputError } from '../../src/util/errors.ts';
import { normaliseAll, withContext, withDirectory } from '../support/world.ts';

const log = `timestamp,account_id,api_key,payment_id
2026-02-03T10:00:00Z,alpha,key-1,
2026-02-03T10:00:01Z,beta,key-2,pm-beta
2026-02-03T10:00:02Z,beta,key-2,pm-beta
2026-02-03T10:00:03Z,gamma,key-3,unknown
`;

/** Scans the log with side tables given as texts, and runs a query over what came of it. */
function withSides(sides: Readonly<Record<string, string>>, query: (calls: Calls) => string, options: object = {}) {
  return withDirectory(async (directory) => {
    const path = join(directory, 'log.csv');
    writeFileSync(path, log);
    const files = Object.entries(sides).map(([name, text]): [string, string | string[]] => {
      const file = join(directory, `${name}.csv`);
      writeFileSync(file, text);
      return [name, name === 'join' ? [file] : file];
    });
    return withContext({ ...Object.fromEntries(files), ...options }, async (context, events) => {
      const calls = await normaliseAll(context, await read(context, [path]));
      const rows = await context.engine.query({ kind: 'sql', text: query(calls) });
      const told = events.flatMap((event) =>
        event.kind === 'warning' || event.kind === 'note' ? [event.text.replaceAll(join(directory, '/'), '')] : [],
      );
      return { calls, told, rows: [...rows].map((row) => Object.values(row.toJSON())) };
    });
  });
}

const identities =
  (...columns: string[]) =>
  (calls: Calls) =>
    `SELECT account_id, ${columns.join(', ')}, queries FROM ${calls.identities} ORDER BY account_id`;

describe('--join', () => {
  it('fills what the log does not say, by account, and adds no call', async () => {
    const { rows, calls, told } = await withSides(
      { join: 'User ID;Card Fingerprint;Plan\nalpha;pm-1;pro\nbeta;pm-2;free\ngamma;pm-1;\nomega;pm-9;pro\n' },
      identities('payment_id', 'account_type'),
    );
    expect(rows).toEqual([
      ['alpha', 'pm-1', 'pro', 1],
      ['beta', 'pm-beta', 'free', 2],
      ['gamma', 'pm-1', null, 1],
    ]);
    expect(calls.columns.has('account_type')).toBe(true);
    expect(told).toContain('join.csv: fills payment_id, account_type of 3 of 3 accounts');
  });

  it('finds accounts by their key', async () => {
    const { rows } = await withSides(
      { join: 'api_key,organization\nkey-1,org-1\nkey-3,org-3\n' },
      identities('org_id'),
    );
    expect(rows).toEqual([
      ['alpha', 'org-1', 1],
      ['beta', null, 2],
      ['gamma', 'org-3', 1],
    ]);
  });

  it('keeps the domain of a mail address only', async () => {
    const { rows } = await withSides({ join: 'id,email\nalpha,Ann@Firm.example\n' }, identities('email_domain'));
    expect(rows[0]).toEqual(['alpha', 'firm.example', 1]);
  });

  it('reads when an account was created in the zone of the input', async () => {
    const { rows } = await withSides(
      { join: 'id,created_at\nalpha,2026-01-02 03:04:05\nbeta,1767322800\n' },
      identities("strftime(account_created_at, '%Y-%m-%d %H:%M')"),
      { inputTz: 'Europe/Berlin' },
    );
    expect(rows.map((row) => row[1])).toEqual(['2026-01-02 02:04', '2026-01-02 03:00', null]);
  });

  it('makes features of accounts', () =>
    withDirectory((directory) => {
      writeFileSync(join(directory, 'log.csv'), log);
      writeFileSync(join(directory, 'users.csv'), 'id,created_at\nalpha,2026-01-01\n');
      return withContext({ join: [join(directory, 'users.csv')] }, async (context) => {
        const { table } = await measure(
          context,
          await normaliseAll(context, await read(context, [join(directory, 'log.csv')])),
        );
        expect([...table].map((row) => row.created_at_ms)).toEqual([Date.UTC(2026, 0, 1), null, null]);
      });
    }));

  it('takes the first of several values and says so', async () => {
    const { rows, told } = await withSides(
      { join: 'id,plan\nalpha,-\nalpha,pro\nalpha,free\n' },
      identities('account_type'),
    );
    expect(rows[0]).toEqual(['alpha', 'pro', 1]);
    expect(told).toContain('join.csv: 1 account with several values of one column; the first is taken');
  });

  it('warns where it knows none of the accounts', async () => {
    const { told } = await withSides({ join: 'id,plan\nnobody,pro\n' }, identities('account_type'));
    expect(told).toContain('join.csv: none of its accounts is in the log');
  });

  it.each([
    ['id,Access Token,plan\nalpha,x,pro\n', 'column Access Token is left out, for its name says that it holds secrets'],
    [
      'id,password_hash,plan\nalpha,x,pro\n',
      'column password_hash is left out, for its name says that it holds secrets',
    ],
    [
      'id,note,plan\nalpha,sk-proj-abcdefghijklmnopqrst,pro\n',
      'column note is left out, for it holds keys or passwords',
    ],
    ['id,payment,plan\nalpha,4111 1111 1111 1111,pro\n', 'column payment is left out, for it holds card numbers'],
  ])('drops secrets at the door: %j', async (text, warning) => {
    const { told, calls } = await withSides({ join: text }, identities('account_type'));
    expect(told).toContain(`join.csv: ${warning}`);
    expect(calls.columns.has('account_type')).toBe(true);
  });
});

describe('--bans', () => {
  it('gives a relation of dates and the status of accounts', async () => {
    const { rows, calls } = await withSides(
      { bans: 'account,date\nbeta,2026-02-04\nbeta,2026-02-03T12:00:00+01:00\n' },
      (calls) => `SELECT account_id, account_status, strftime(banned_at, '%m-%d %H') AS at
        FROM ${calls.identities} LEFT JOIN ${calls.bans} USING (account_id) ORDER BY account_id`,
    );
    expect(rows).toEqual([
      ['alpha', null, null],
      ['beta', 'banned', '02-03 11'],
      ['gamma', null, null],
    ]);
    expect(calls.columns.has('account_status')).toBe(true);
  });
});

describe('--releases', () => {
  it('gives a relation of models and dates', async () => {
    const { rows } = await withSides(
      { releases: 'model,released\nlarge-2,2026-02-05\nsmall,2025-12-01\n' },
      (calls) => `SELECT model, strftime(released_at, '%Y-%m-%d') AS day FROM ${calls.releases} ORDER BY model`,
    );
    expect(rows).toEqual([
      ['large-2', '2026-02-05'],
      ['small', '2025-12-01'],
    ]);
  });
});

describe('--declared', () => {
  it('owns accounts by their id, organisation, domain or payer', async () => {
    const { rows, told } = await withSides(
      {
        declared:
          'name,kind,account_id,payment_id,org_id\nLab,research,alpha,,\nShop,reseller,,pm-beta,\nClub,,,,org-9\n',
      },
      (calls) => `SELECT account_id, name, kind FROM ${calls.declared} ORDER BY account_id`,
    );
    expect(rows).toEqual([
      ['alpha', 'Lab', 'research'],
      ['beta', 'Shop', 'reseller'],
    ]);
    expect(told).toContain('declared.csv: column org_id says nothing, for the log has no org_id');
  });

  it('makes one entity of them', () =>
    withDirectory((directory) => {
      writeFileSync(join(directory, 'log.csv'), log);
      writeFileSync(join(directory, 'declared.csv'), 'name,kind,account_id\nLab,research,alpha\nLab,research,gamma\n');
      return withContext({ declared: join(directory, 'declared.csv') }, async (context) => {
        const calls = await normaliseAll(context, await read(context, [join(directory, 'log.csv')]));
        const { table } = await measure(context, calls);
        expect([...table].map((row) => [row.account_id, row.entity, row.declared])).toEqual([
          ['alpha', 0, 'Lab (research)'],
          ['beta', 1, null],
          ['gamma', 0, 'Lab (research)'],
        ]);
      });
    }));
});

describe('an error in a side table names file, line, column and what was expected', () => {
  it.each([
    ['join', 'id,plan\n,pro\n', 'join.csv, line 2, column id: expected an account id'],
    ['join', 'plan\npro\n', 'join.csv, line 1: no column account_id or api_key_id among plan'],
    [
      'join',
      'id,created_at\nalpha,soon\n',
      'join.csv, line 2, column created_at: expected when the account was created',
    ],
    ['join', 'id,created_at\nalpha,2026-13-01\n', 'join.csv, line 2, column account_created_at: expected a time'],
    ['join', 'id,plan\nalpha\n', 'join.csv, line 2: expected as many cells as the header has'],
    ['bans', 'account,date\nbeta,\n', 'bans.csv, line 2, column date: expected when the account was banned'],
    [
      'bans',
      'account,date\nbeta,1850-01-01\n',
      'bans.csv, line 2, column banned_at: expected a time between 2000 and 2100',
    ],
    ['releases', 'model,date\n,2026-01-01\n', 'releases.csv, line 2, column model: expected the name of a model'],
    ['declared', 'name,account_id,org_id\nLab,,\n', 'declared.csv, line 2, column account_id: expected one of'],
    ['declared', 'name,color\nLab,red\n', 'declared.csv, line 1: no column account_id or org_id or'],
    ['bans', '', 'bans.csv: nothing in it'],
  ])('--%s %j', async (name, text, message) => {
    const failed = withSides({ [name]: text }, () => 'SELECT 1');
    await expect(failed).rejects.toThrow(InputError);
    await expect(failed).rejects.toThrow(message);
  });

  it('and one that is not there', () =>
    withDirectory(async (directory) => {
      writeFileSync(join(directory, 'log.csv'), log);
      await expect(
        withContext({ bans: join(directory, 'gone.csv') }, (context) => read(context, [join(directory, 'log.csv')])),
      ).rejects.toThrow('gone.csv: cannot be read');
    }));
});
