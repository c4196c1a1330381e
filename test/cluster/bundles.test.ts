import { expect, it } from 'vitest';
import { findBundles } from '../../src/cluster/bundles.ts';
import { graphOf } from './graph-of.ts';

/** Each value with the entities that share it. */
function bundlesOf(...values: readonly (readonly number[])[]): number[][] {
  const pairs = values.flatMap((entities, value) => entities.map((entity) => [entity, value] as const));
  return findBundles(graphOf(100, pairs)).map((entities) => [...entities]);
}

const times = (count: number, entities: readonly number[]) => Array.from({ length: count }, () => entities);

it('finds those who share many values to the last of them, beside larger groups', () => {
  const crowd = Array.from({ length: 100 }, (_, entity) => entity);
  expect(bundlesOf(...times(3, crowd), ...times(6, [7, 8, 30, 90]), ...times(6, [40, 41, 42]))).toEqual([
    [7, 8, 30, 90],
    [40, 41, 42],
  ]);
});

it('takes a prompt with its tools, a pair of accounts, or overlapping groups for no bundle', () => {
  expect(bundlesOf(...times(2, [1, 2, 3]), ...times(9, [10, 11]), [20, 21, 22], [20, 21, 23], [20, 22, 23])).toEqual(
    [],
  );
});
