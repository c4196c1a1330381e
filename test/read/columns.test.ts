import { describe, expect, it } from 'vitest';
import { mapColumns, passedOver, requireMapped } from '../../src/read/columns.ts';
import { KnownError } from '../../src/util/errors.ts';

const mapped = (sources: readonly string[]) => Object.fromEntries(mapColumns(sources, new Set()));

describe('mapColumns', () => {
  it('takes canonical names and aliases, whatever their case and punctuation', () =>
    expect(mapped(['Created At', 'USER-ID', 'clientIp', 'promptTokens', 'card_fingerprint', 'color'])).toEqual({
      timestamp: 'Created At',
      account_id: 'USER-ID',
      ip: 'clientIp',
      input_tokens: 'promptTokens',
      payment_id: 'card_fingerprint',
    }));
  it.each([
    [['customer_id', 'Account ID', 'account_id'], 'account_id'],
    [['customer_id', 'Account ID'], 'Account ID'],
    [['user_id', 'customer_id'], 'customer_id'],
  ])('of %j takes %s', (sources, wanted) => expect(mapped(sources)).toEqual({ account_id: wanted }));
  it('leaves out what is settled', () =>
    expect(Object.fromEntries(mapColumns(['account_id', 'ip'], new Set(['account_id'])))).toEqual({ ip: 'ip' }));
  it('takes own names only, if so told', () =>
    expect(Object.fromEntries(mapColumns(['user_id', 'ip'], new Set(), true))).toEqual({ ip: 'ip' }));
  it('knows what it passed over', () => {
    const sources = ['user_id', 'customer_id', 'ts'];
    expect(passedOver(sources, mapColumns(sources, new Set()), 'account_id')).toEqual(['user_id']);
  });
});

it('an unknown column in --map is named with its likeness and what there is', () => {
  try {
    requireMapped(new Map([['account_id', 'acount']]), () => false, ['ts', 'account'], 'log.csv');
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    expect(error.message).toBe('--map account_id=acount: log.csv has no column acount');
    expect(error.hint).toBe('did you mean account? it has: ts, account');
  }
});
