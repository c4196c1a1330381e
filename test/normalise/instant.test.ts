import { describe, expect, it } from 'vitest';
import { presentText } from '../../src/engine/present.ts';
import { sql } from '../../src/engine/sql.ts';
import { toInstant } from '../../src/normalise/instant.ts';
import { withEngine } from '../support/world.ts';

async function instantOf(value: string | number, type: string, zone = 'UTC'): Promise<string | null> {
  return withEngine(async (engine) => {
    const rows = await engine.query(sql`
      SELECT strftime(instant, '%Y-%m-%dT%H:%M:%S') AS text FROM (SELECT ${toInstant(sql`v`, type, zone)} AS instant FROM (SELECT ${value} AS v))`);
    return rows.getChild('text')?.get(0) ?? null;
  });
}

describe('toInstant', () => {
  const expected = '2024-05-17T07:04:41';
  it.each([
    ['2024-05-17T07:04:41Z'],
    ['2024-05-17T07:04:41.123456Z'],
    ['2024-05-17 07:04:41'],
    ['2024-05-17T16:04:41+09:00'],
    ['2024-05-16T23:04:41-08:00'],
    ['1715929481'],
    ['1715929481.5'],
    ['1715929481000'],
    ['1715929481000000'],
    ['1715929481000000000'],
    ['638515262810000000'],
  ])('reads %s', async (text) => expect(await instantOf(text, 'VARCHAR')).toBe(expected));

  it('reads a date', async () => expect(await instantOf('2024-05-17', 'VARCHAR')).toBe('2024-05-17T00:00:00'));
  it('reads a naive time in the zone it is told', async () =>
    expect(await instantOf('2024-05-17 07:04:41', 'VARCHAR', 'Europe/Berlin')).toBe('2024-05-17T05:04:41'));
  it('honours an offset before that zone', async () =>
    expect(await instantOf('2024-05-17T07:04:41+00:00', 'VARCHAR', 'Europe/Berlin')).toBe(expected));
  it.each([['2024-05-17 07:04:41 UTC'], ['2024-05-17 07:04:41+00'], ['2024-05-17 09:04:41 Europe/Berlin']])(
    'reads %s with its own zone before that zone',
    async (text) => expect(await instantOf(text, 'VARCHAR', 'America/New_York')).toBe(expected),
  );
  it('reads a date in the zone it is told', async () =>
    expect(await instantOf('2024-05-17', 'VARCHAR', 'Europe/Berlin')).toBe('2024-05-16T22:00:00'));
  it.each([['infinity'], ['nan'], ['1e30'], ['1e300']])('does not fail at %s', async (text) =>
    expect(await instantOf(text, 'VARCHAR')).toBeNull(),
  );
  it('gives nothing for what is no time', async () => expect(await instantOf('yesterday', 'VARCHAR')).toBeNull());
  it('reads whole numbers', async () => expect(await instantOf(1715929481, 'BIGINT')).toBe(expected));
});

describe('presentText', () => {
  it.each([['unknown'], [' N/A '], ['-'], [''], ['NULL'], ['0.0.0.0'], ['00000000-0000-0000-0000-000000000000']])(
    'takes "%s" for missing',
    async (text) => {
      await withEngine(async (engine) => {
        const rows = await engine.query(sql`SELECT ${presentText(sql`v`)} AS text FROM (SELECT ${text} AS v)`);
        expect(rows.getChild('text')?.get(0)).toBeNull();
      });
    },
  );
  it('keeps everything else', async () => {
    await withEngine(async (engine) => {
      const rows = await engine.query(sql`SELECT ${presentText(sql`v`)} AS text FROM (SELECT 'nonesuch' AS v)`);
      expect(rows.getChild('text')?.get(0)).toBe('nonesuch');
    });
  });
});
