import type { EvidenceGraph } from '../../src/cluster/graph.ts';
import { compress } from '../../src/cluster/rows.ts';

/** A graph of one family whose values all weigh the same. */
export function graphOf(entityCount: number, pairs: readonly (readonly [number, number])[]): EvidenceGraph {
  const valueCount = Math.max(...pairs.map(([, value]) => value)) + 1;
  const links = {
    entities: Int32Array.from(pairs, ([entity]) => entity),
    values: Int32Array.from(pairs, ([, value]) => value),
    shares: new Float64Array(pairs.length).fill(1),
  };
  return {
    entityCount,
    valueCount,
    population: entityCount,
    entityNumber: Int32Array.from({ length: entityCount }, (_, entity) => entity),
    ...compress(links, entityCount, valueCount),
    valueDetector: new Int32Array(valueCount),
    families: ['network'],
    valueFamily: new Int32Array(valueCount),
    familyCount: 1,
    valueWeight: new Float64Array(valueCount).fill(1),
    present: new Int32Array(entityCount).fill(1),
    presentCount: Int32Array.of(entityCount),
    valuesOfEntity: [new Int32Array(entityCount).fill(1)],
    stratum: new Int32Array(entityCount),
  };
}
