import { describe, expect, it } from 'vitest';
import { csvCell, escapeForTerminal } from '../../src/util/escape.ts';
import { nearest } from '../../src/util/nearest.ts';
import { count, rounded } from '../../src/util/text.ts';

describe('escapeForTerminal', () => {
  it.each([
    ['\u001b[2Jx', '\\u001b[2Jx'],
    ['a\u202eb', 'a\\u202eb'],
    ['a\u200bb', 'a\\u200bb'],
    ['a\nb', 'a\\u000ab'],
    ['\u009b31m', '\\u009b31m'],
    ['中文 é', '中文 é'],
  ])('shows what would act', (text, expected) => expect(escapeForTerminal(text)).toBe(expected));
});

describe('csvCell', () => {
  it.each([
    ['=cmd()', "'=cmd()"],
    ['+1', "'+1"],
    ['@x', "'@x"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['plain', 'plain'],
  ])('makes %s safe', (text, expected) => expect(csvCell(text)).toBe(expected));
  it('leaves numbers alone', () => expect(csvCell(-3.5)).toBe('-3.5'));
});

describe('nearest', () => {
  it('finds a typing slip', () => expect(nearest('acount_id', ['model', 'account_id'])).toBe('account_id'));
  it('does not guess wildly', () => expect(nearest('zebra', ['model', 'account_id'])).toBeUndefined());
});

it('counts things', () =>
  expect([count(1, 'card'), count(1200, 'card'), count(2, 'query', 'queries')]).toEqual([
    '1 card',
    '1,200 cards',
    '2 queries',
  ]));

describe('rounded', () => {
  it.each([
    [0.0712, '0.071'],
    [1.06, '1.1'],
    [9.96, '10'],
    [43.2, '43'],
    [180, '180'],
    [123_456.7, '123,457'],
  ])('%d', (value, expected) => expect(rounded(value)).toBe(expected));
});
