import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { masked } from '../../src/mine/mask.ts';
import { joined, tokens } from '../../src/mine/shingles.ts';
import { withEngine } from '../support/world.ts';

async function skeleton(text: string): Promise<string> {
  return withEngine(async (engine) => {
    const rows = await engine.query(masked(sql`SELECT ${text} AS text`));
    return String(rows.getChild('text')?.get(0));
  });
}

describe('the skeleton of a text', () => {
  it.each([
    ['numbers', 'Solve 3,141.59 + x for case A-17', 'solve <number> + x for case a-<number>'],
    ['identifiers', 'User 9f1c2d3e-aa11-4b22-fade-0123456789ab asks', 'user <number> asks'],
    ['dates', 'On 2026-03-04T12:30:00Z or 4/3/2026', 'on <number> or <number>'],
    ['addresses', 'Read https://docs.example/a?b=1 and tell', 'read <url> and tell'],
    ['mail', 'Write to ada.l@mail.example, please', 'write to <mail>, please'],
    ['quoted spans', 'Grade the answer "It depends." by \'rule one\'', 'grade the answer <quote> by <quote>'],
    ['quotes of other languages', '解释「什么是河」 и «что это»', '解释<quote> и <quote>'],
    ['an apostrophe is none', "Don't say what the users' plans are", "don't say what the users' plans are"],
    ['code', 'Fix ```py\nx = 1\n``` or `y`', 'fix <code> or <code>'],
    ['code that does not end', 'Fix ```py\nx = ', 'fix <code>'],
    ['names of slots', 'Ask {{question}} <context> of [USER NAME]', 'ask <slot> <slot> of <slot>'],
    ['white space', ' a\n\n  b\tc ', 'a b c'],
    ['the width of letters', 'ＡＢＣ　１２', 'abc <number>'],
    ['how letters are composed', 'cafe\u0301', 'caf\u00e9'],
    ['digits of other scripts', 'اكتب ٢٥ سؤالا', 'اكتب <number> سؤالا'],
  ])('leaves out %s', async (_what, text, expected) => expect(await skeleton(text)).toBe(expected));
  it('is one for two fillings of a template', async () => {
    const fill = (topic: string, count: number) => skeleton(`Write ${count} questions about "${topic}".`);
    expect(await fill('rivers', 5)).toBe(await fill('the moon', 120));
  });
});

describe('tokens', () => {
  it.each([
    ['write <number> lines', ['write', '<number>', 'lines'], 'write <number> lines'],
    ['напиши три строки', ['напиши', 'три', 'строки'], 'напиши три строки'],
    ['세 줄을 써라', ['세', '줄을', '써라'], '세 줄을 써라'],
    ['用json写<number>行', ['用', 'j', 's', 'o', 'n', '写', '<number>', '行'], '用 j s o n 写 <number> 行'],
    ['请写三行', ['请', '写', '三', '行'], '请写三行'],
  ])('of %s', async (text, expected, again) => {
    await withEngine(async (engine) => {
      const rows = await engine.query(sql`
        SELECT to_json(tokens)::VARCHAR AS tokens, ${joined(sql`array_to_string(tokens, ' ')`)} AS again
        FROM (SELECT ${tokens} AS tokens FROM (SELECT ${text} AS text))`);
      expect(JSON.parse(rows.getChild('tokens')?.get(0))).toEqual(expected);
      expect(rows.getChild('again')?.get(0)).toBe(again);
    });
  });
});
