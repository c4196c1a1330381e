import { tableFromArrays } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../src/cluster/graph.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Family } from '../../src/model/report.ts';

const families: readonly Family[] = ['identity', 'content'];

/** Two accounts of a hundred share a value of each family. */
const evidence: Evidence = {
  runs: families.map((family) => ({
    id: family,
    family,
    state: 'ran',
    links: 2,
    population: 'holders',
    comesWithProduct: false,
    explain: () => '',
    innocentCauses: [],
  })),
  links: tableFromArrays({
    account: Int32Array.of(0, 1, 0, 1),
    value: Int32Array.of(0, 0, 1, 1),
    queries: Float64Array.of(1, 1, 1, 1),
  }),
  values: tableFromArrays({
    value: Int32Array.of(0, 1),
    detector: Int32Array.of(0, 1),
    sharers: Int32Array.of(2, 2),
    population: Int32Array.of(100, 100),
  }),
  presence: tableFromArrays({
    account: Int32Array.of(0, 0, 1, 1),
    detector: Int32Array.of(0, 1, 0, 1),
    queries: Float64Array.of(1, 1, 1, 1),
    values: Int32Array.of(1, 1, 1, 1),
  }),
  relation: '',
};

describe('weights of families', () => {
  it('scale the surprise of every value of a family', () => {
    const table = tableFromArrays({ entity: Int32Array.from({ length: 100 }, (_, account) => account) });
    const weights = { identity: 0.5, network: 1, content: 0.8, timing: 1, shape: 1 };
    const { valueWeight } = buildGraph(evidence, { relation: '', table, count: 100 }, weights);
    expect(valueWeight[0]).toBeCloseTo(0.5 * Math.log(50));
    expect(valueWeight[1]).toBeCloseTo(0.8 * Math.log(50));
  });
});
