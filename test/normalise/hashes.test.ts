import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { masked } from '../../src/normalise/hashes.ts';
import { withEngine } from '../support/world.ts';

async function template(text: string): Promise<string> {
  return withEngine(async (engine) => {
    const rows = await engine.query(sql`SELECT ${masked(sql`v`)} AS template FROM (SELECT ${text} AS v)`);
    return String(rows.getChild('template')?.get(0));
  });
}

describe('the template of a prompt', () => {
  it.each([
    ['numbers', 'Solve 3,141.59 + x for case A-17', 'solve <number> + x for case a-<number>'],
    ['identifiers', 'User 9f1c2d3e-aa11-4b22 asks', 'user <number> asks'],
    ['addresses', 'Read https://docs.example/a?b=1 and tell', 'read <url> and tell'],
    ['quoted spans', 'Grade the answer "It depends." by \'rule one\'', 'grade the answer <quote> by <quote>'],
    ['an apostrophe is none', "Don't say what the users' plans are", "don't say what the users' plans are"],
    ['code', 'Fix ```py\nx = 1\n``` or `y`', 'fix <code> or <code>'],
    ['code that does not end', 'Fix ```py\nx = ', 'fix <code>'],
    ['white space', 'a\n\n  b', 'a b'],
  ])('leaves out %s', async (_what, text, expected) => expect(await template(text)).toBe(expected));
  it('is one for two fillings of it', async () => {
    const fill = (topic: string, count: number) => template(`Write ${count} questions about "${topic}".`);
    expect(await fill('rivers', 5)).toBe(await fill('the moon', 120));
  });
});
