import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../../src/engine/sql.ts';
import { compile } from '../../../src/read/mapping/compile.ts';
import type { Expression } from '../../../src/read/mapping/expression.ts';
import { asText, scopeOf } from '../../../src/read/mapping/path.ts';
import { withEngine } from '../../support/world.ts';

/** The value of an expression over one column `v` that the engine makes of some SQL, as text. */
function evaluated(column: string, expression: Expression): Promise<string | null | undefined> {
  return withEngine(async (engine) => {
    const source = sql`(SELECT ${{ kind: 'sql', text: column }} AS ${identifier('v')})`;
    const types = await engine.query(sql`SELECT typeof(v) AS type FROM ${source}`);
    const compiled = compile(expression, scopeOf(new Map([['v', types.getChild('type')?.get(0)]])));
    if (compiled === undefined) return undefined;
    const rows = await engine.query(sql`SELECT ${asText(compiled)} AS value FROM ${source}`);
    return rows.getChild('value')?.get(0);
  });
}

const struct = `{'a': {'b c': 1, 'd.e': 'x'}, 'list': [{'n': 5}, {'n': 7}]}`;
const json = `'{"a": {"b c": 1, "d": null}, "list": [{"n": 5}, {"n": 7}], "text": "{\\"in\\": 3}"}'`;

describe('a path', () => {
  it.each([
    [struct, 'v.a.b c', '1'],
    [struct, 'v.a.bC', '1'],
    [struct, 'v.a.d.e', 'x'],
    [struct, 'v.list[0].n', '5'],
    [struct, 'v.list[-1].n', '7'],
    [struct, 'v.list[].n', '5\n7'],
    [struct, 'v.*.b c', '1'],
    [struct, 'v.none', undefined],
    [struct, 'w', undefined],
    [json, 'v.a.b c', '1'],
    [json, 'v.a.d', null],
    [json, 'v.list[-1].n', '7'],
    [json, 'v.list[].n', '5\n7'],
    [json, 'v.*.b c', '1'],
    [json, 'v.none', null],
    [`'no JSON'`, 'v.a', null],
    [`MAP {'a': 'x'}`, 'v.a', 'x'],
    [`NULL::VARCHAR`, 'v.a', null],
    ['42', 'v.a', undefined],
  ])('into %s: %s', async (column, path, expected) => expect(await evaluated(column, path)).toBe(expected));
});

describe('an expression', () => {
  const attributes = `'[{"key": "a.b", "value": {"intValue": "5"}}, {"key": "c", "value": {"stringValue": "x"}}]'`;
  const chat = `'[{"role": "system", "content": "S"}, {"role": "user", "content": [{"type": "text", "text": "A"}]}, {"content": "B"}]'`;
  it.each<[string, string, Expression, string | null | undefined]>([
    ['the first that says something', `'-'`, { first: ['v', { constant: 'x' }] }, 'x'],
    ['the first that is there', `'y'`, { first: ['w', 'v'] }, 'y'],
    ['nothing of nothing', `'y'`, { first: ['w'] }, undefined],
    ['a sum of what is there', '2', { sum: ['v', 'w', { constant: '3' }] }, '5.0'],
    ['another unit', `'2.5'`, { scaled: 'v', by: 1000 }, '2500.0'],
    ['seconds', '1770091506', { epoch: 'v', unit: 's' }, '2026-02-03 04:05:06'],
    ['ticks', '638515262400000000', { epoch: 'v', unit: 'ticks' }, '2024-05-17 07:04:00'],
    [
      'seconds since a day',
      `'61.5'`,
      { epoch: 'v', unit: 's', origin: '2000-01-01T00:00:00Z' },
      '2000-01-01 00:01:01.5',
    ],
    [
      'a notation of time',
      `'5/24/2024, 12:23:02 PM'`,
      { time: 'v', formats: ['%-m/%-d/%Y, %-I:%M:%S %p'] },
      '2024-05-24 12:23:02',
    ],
    ['another notation', `'2024-05-24'`, { time: 'v', formats: ['%Y'] }, '2024-05-24'],
    [
      'time between times',
      `'2026-02-03 04:05:06.5'`,
      { elapsed: [{ constant: '2026-02-03T04:05:04Z' }, 'v'] },
      '2500.0',
    ],
    ['time between seconds', '7.5', { elapsed: [{ constant: 5 }, 'v'] }, '2500.0'],
    ['no negative time', '3', { elapsed: [{ constant: 5 }, 'v'] }, '0.0'],
    ['JSON in JSON', json, { json: 'v.text', path: 'in' }, '3'],
    ['a model', `'arn:x:y/eu.model-1'`, { part: 'last-segment', of: 'v' }, 'eu.model-1'],
    ['a mail domain', `'Ada@Labs.Example'`, { part: 'mail-domain', of: 'v' }, 'labs.example'],
    ['no mail domain', `'ada'`, { part: 'mail-domain', of: 'v' }, null],
    ['a listed address', `'192.0.2.1, 10.0.0.1'`, { part: 'first-listed', of: 'v' }, '192.0.2.1'],
    ['a host', `'[2001:db8::1]:443'`, { part: 'host', of: 'v' }, '2001:db8::1'],
    ['a path of a request', `'POST /v1/x?y=1 HTTP/1.1'`, { part: 'url-path', of: 'v' }, '/v1/x'],
    ['a project', `'projects/p-1/locations/l'`, { part: 'project', of: 'v' }, 'p-1'],
    ['a word for a number', `'Failure'`, { translate: 'v', to: { failure: 500 } }, '500'],
    ['what is not listed', `'404'`, { translate: 'v', to: { failure: 500 } }, '404'],
    ['something else', `'stop'`, { translate: 'v', to: { error: 500 }, otherwise: { constant: 200 } }, '200'],
    ['two values', `'7'`, { joined: ['v', { constant: 'key' }], with: ':' }, '7:key'],
    ['two values, one missing', `NULL::VARCHAR`, { joined: ['v', { constant: 'key' }], with: ':' }, null],
    ['what a role says', chat, { messages: 'v', roles: ['system'] }, 'S'],
    ['what others say', chat, { messages: 'v', exceptRoles: ['system'] }, 'A\nB'],
    ['a plain prompt', `'Why?'`, { messages: 'v', exceptRoles: ['system'] }, 'Why?'],
    ['no role in a plain prompt', `'Why?'`, { messages: 'v', roles: ['system'] }, null],
    [
      'keys that begin alike',
      `'{"input": 2, "input_x": 3, "output": 4}'`,
      { sumOfKeys: 'v', startingWith: 'input' },
      '5.0',
    ],
    [
      'fields that begin alike',
      `{'input': 2, 'input_x': 3, 'output': 4}`,
      { sumOfKeys: 'v', startingWith: 'input' },
      '5.0',
    ],
    ['an attribute', attributes, { attribute: ['none', 'a.b'], in: 'v' }, '5'],
    ['an attribute of an object', `'{"a.b": 6}'`, { attribute: ['a.b'], in: 'v' }, '6'],
    ['no attribute', attributes, { attribute: ['none'], in: 'v' }, null],
  ])('gives %s', async (_what, column, expression, expected) =>
    expect(await evaluated(column, expression)).toBe(expected),
  );
});
