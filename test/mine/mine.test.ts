import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { mined } from '../support/mined.ts';

describe('the relation of texts', () => {
  const header = ['timestamp', 'account_id', 'prompt', 'tools_hash'];
  const rows = [
    ['2026-02-01T10:00:00Z', 'ada', 'Name a river', 't1'],
    ['2026-02-01T11:00:00Z', 'bo', null, 't1'],
  ];
  it('has a row for each call, without what the log lacks', () =>
    mined(header, rows, async ({ engine }, { texts = '' }) => {
      const found = await engine.query(sql`
        SELECT account_id, prompt, system_prompt, length(prompt_hash) AS digits, system_prompt_hash
        FROM ${identifier(texts)} ORDER BY account_id`);
      expect([...found].map((row) => Object.values(row.toJSON()))).toEqual([
        ['ada', 'Name a river', null, 16, null],
        ['bo', null, null, null, null],
      ]);
    }));
  it('keeps texts out of the calls', () =>
    mined(header, rows, async ({ engine }, calls) => {
      const { schema } = await engine.query(sql`SELECT * FROM ${identifier(calls.relation)} LIMIT 0`);
      expect(schema.fields.map(({ name }) => name)).not.toContain('prompt');
      expect(calls.columns.has('prompt')).toBe(false);
    }));
  it('is not there without prompts', () =>
    mined(['timestamp', 'account_id', 'prompt_hash'], [['2026-02-01T10:00:00Z', 'ada', 'p']], async (_, calls) =>
      expect([calls.texts, calls.templateTexts, calls.relation]).toEqual([undefined, undefined, 'calls']),
    ));
});

describe('texts of templates', () => {
  const colours = ['amber', 'blue', 'coral', 'denim', 'ebony', 'flax'];
  const rows = colours.flatMap((colour, place) =>
    ['one', 'two'].map((number) => [
      '2026-02-01T10:00:00Z',
      `account-${place}`,
      `List every object in the picture that is ${colour} ${number} and say in one word what it may be used for`,
      `You sort pictures for a museum of ${colour} ${number} things and answer with the number of a drawer and nothing else`,
    ]),
  );
  const texts = async (accounts: number) =>
    mined(
      ['timestamp', 'account_id', 'prompt', 'system_prompt'],
      rows.map(([time = '', , ...others], place) => [time, `account-${place % accounts}`, ...others]),
      async ({ engine }, { templateTexts = '' }) => {
        const found = await engine.query(sql`SELECT text FROM ${identifier(templateTexts)} ORDER BY text`);
        return [...found].map(({ text }) => text);
      },
    );
  it('are there for prompts and system prompts, with slots for what changes', async () =>
    expect(await texts(6)).toEqual([
      'list every object in the picture that is <*> and say in one word what it may be used for',
      'you sort pictures for a museum of <*> things and answer with the number of a drawer and nothing else',
    ]));
  it('are not there for what fewer than three accounts send', async () => expect(await texts(2)).toEqual([]));
});
