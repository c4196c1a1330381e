import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { strata } from '../../src/cluster/strata.ts';

interface Likeness {
  readonly model: string;
  readonly country: string | null;
  readonly hours: number;
  readonly days?: number;
}

/** Sizes of the strata of so many accounts of each kind, and the strata of the first account of each kind. */
function stratify(kinds: readonly (readonly [count: number, likeness: Likeness])[]) {
  const accounts = kinds.flatMap(([count, likeness]) => Array.from({ length: count }, () => likeness));
  const table = tableFromArrays({
    first_model: accounts.map(({ model }) => model),
    last_model: accounts.map(({ model }) => model),
    first_country: accounts.map(({ country }) => country),
    main_hours: Int32Array.from(accounts, ({ hours }) => hours),
    main_days: Int32Array.from(accounts, ({ days = 0 }) => days),
  });
  const found = strata({ relation: '', table, count: accounts.length }, Int32Array.from(accounts.keys()));
  let start = 0;
  return kinds.map(([count]) => {
    const own = new Set(found.subarray(start, start + count));
    start += count;
    return [...own];
  });
}

describe('strata', () => {
  it('tells accounts apart by models, country and hours of the week where enough are alike', () => {
    const like = { model: 'large', country: 'DE', hours: 1 };
    const groups = stratify([
      [200, like],
      [200, { ...like, hours: 2 }],
      [200, { ...like, days: 1 }],
      [200, { ...like, country: 'FR' }],
      [200, { ...like, model: 'small' }],
    ]);
    expect(new Set(groups.flat()).size).toBe(5);
    expect(groups.every((own) => own.length === 1)).toBe(true);
  });

  it('leaves out hours, then country, then models where few are alike, so that no network is a stratum of its own', () => {
    const like = { model: 'large', country: 'DE', hours: 1 };
    const [one, two, far, rare, rarer] = stratify([
      [60, like],
      [60, { ...like, hours: 2 }],
      [110, { ...like, country: null }],
      [20, { ...like, model: 'rare' }],
      [10, { ...like, model: 'rarer' }],
    ]);
    expect(one).toEqual(two);
    expect(far).not.toEqual(one);
    expect(rare).not.toEqual(one);
    expect(rarer).toEqual(rare);
  });
});
