import { describe, expect, it } from 'vitest';
import { calibrate, type Pair } from '../../src/bench/calibration/fit.ts';
import { drawPairs } from '../../src/bench/calibration/pairs.ts';
import type { EvidenceGraph } from '../../src/cluster/graph.ts';
import { compress } from '../../src/cluster/rows.ts';
import { seededRandom } from '../../src/util/random.ts';

/** Pairs that share something of one family each; the odds of one actor are those that the families' truths say. */
function world(seed: number, truths: readonly number[]): Pair[] {
  const random = seededRandom(seed);
  return Array.from({ length: 2000 }, () => {
    const family = Math.floor(random() * truths.length);
    const surprise = 6 * random();
    const chance = 1 / (1 + Math.exp(3 - surprise * (truths[family] ?? 0)));
    return {
      isOneActor: random() < chance,
      surprises: truths.map((_, position) => (position === family ? surprise : 0)),
    };
  });
}

describe('calibrate', () => {
  it('gives families weights in proportion to what their surprise is worth', () => {
    const { weights, shrinkage } = calibrate([1, 2, 3].map((seed) => world(seed, [1, 0.5, -1])));
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(0.5, 1);
    expect(weights[2]).toBe(0);
    expect(shrinkage).toBeLessThan(0.1);
  });

  it('gives nearly equal weights where worlds contradict each other', () => {
    const { weights } = calibrate([world(1, [1.2, 0.8]), world(2, [0.8, 1.2]), world(3, [1, 1])]);
    expect(weights[0]).toBeCloseTo(1, 1);
    expect(weights[1]).toBeCloseTo(1, 1);
  });
});

describe('drawPairs', () => {
  it('gives each sharer another one, with the most that each family says of the two', () => {
    const links = {
      entities: Int32Array.of(0, 1, 0, 1, 0, 1),
      values: Int32Array.of(0, 0, 1, 1, 2, 2),
      shares: Float64Array.of(1, 0.5, 0.5, 0.5, 0.5, 0.5),
    };
    const graph: EvidenceGraph = {
      ...compress(links, 3, 3),
      entityCount: 3,
      valueCount: 3,
      population: 3,
      entityNumber: Int32Array.of(0, 1, 2),
      valueDetector: Int32Array.of(0, 1, 1),
      families: ['identity', 'content'],
      valueFamily: Int32Array.of(0, 1, 1),
      familyCount: 2,
      valueWeight: Float64Array.of(4, 2, 3),
      present: Int32Array.of(3, 3, 0),
      valuesOfEntity: [],
      stratum: new Int32Array(3),
      presentCount: Int32Array.of(2, 2),
    };
    const seeds = Array.from({ length: 20 }, (_, seed) => drawPairs(graph, () => 'one', seededRandom(seed)));
    expect(seeds.some((pairs) => pairs.length > 0)).toBe(true);
    for (const pair of seeds.flat()) expect(pair).toEqual({ isOneActor: true, surprises: [2, 1.5] });
    expect(drawPairs(graph, () => undefined, seededRandom(1)).every(({ isOneActor }) => !isOneActor)).toBe(true);
  });
});
