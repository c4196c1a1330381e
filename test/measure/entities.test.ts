import { describe, expect, it } from 'vitest';
import { measure } from '../../src/measure/measure.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory, writeCsv } from '../support/world.ts';

const header = ['timestamp', 'account_id', 'org_id', 'email_domain', 'payment_id'];

/** Groups of accounts that are one entity. */
async function entities(rows: readonly (readonly string[])[]): Promise<string[]> {
  return withDirectory(async (directory) => {
    const calls = rows.map((row, second) => [`2026-02-03T10:00:${String(second).padStart(2, '0')}Z`, ...row]);
    const path = writeCsv(directory, 'log.csv', header, calls);
    return withContext({}, async (context) => {
      const { table } = await measure(context, await normaliseAll(context, await read(context, [path])));
      const groups = new Map<number, string[]>();
      for (const { entity, account_id } of table) groups.set(entity, [...(groups.get(entity) ?? []), account_id]);
      return [...groups.values()].map((group) => group.sort().join(' ')).sort();
    });
  });
}

describe('declared entities', () => {
  it.each([
    [
      'are the accounts of one organisation',
      [
        ['a', 'org-1', '', ''],
        ['b', 'org-1', '', ''],
        ['c', 'org-2', '', ''],
      ],
      ['a b', 'c'],
    ],
    [
      'are the accounts of one corporate domain with one payer',
      [
        ['a', '', 'firm.com', 'p1'],
        ['b', '', 'firm.com', 'p1'],
        ['c', '', 'firm.com', ''],
      ],
      ['a b c'],
    ],
    [
      'are not the users of a public mail provider who share a card',
      [
        ['a', '', 'gmail.com', 'p1'],
        ['b', '', 'gmail.com', 'p1'],
      ],
      ['a', 'b'],
    ],
    [
      'are not the accounts of a domain with several payers',
      [
        ['a', '', 'firm.com', 'p1'],
        ['b', '', 'firm.com', 'p2'],
      ],
      ['a', 'b'],
    ],
    [
      'are not accounts whose card pays for others too',
      [
        ['a', '', 'firm.com', 'p1'],
        ['b', '', 'firm.com', 'p1'],
        ['c', '', 'else.com', 'p1'],
      ],
      ['a', 'b', 'c'],
    ],
    [
      'are not accounts whose organisation is a word for nothing',
      [
        ['a', 'unknown', '', ''],
        ['b', 'unknown', '', ''],
      ],
      ['a', 'b'],
    ],
  ])('%s', async (_, rows, expected) => expect(await entities(rows)).toEqual(expected));
});
