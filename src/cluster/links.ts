import type { Evidence } from '../model/evidence.ts';
import { float64Column, int32Column } from '../util/arrow.ts';

/** What each entity has, whether others share it or not. */
export interface Totals {
  /** Families of which an entity has any value, as bits, by entity number. */
  readonly present: Int32Array;
  /** Queries that carry a value of a detector, by entity number times the number of detectors; -1 where there is no value. */
  readonly queries: Float64Array;
}

/** Sums up the presence of accounts by entity; `familyOfDetector` has the family of each of `Evidence.runs`. */
export function totalsOf(evidence: Evidence, entityOfAccount: Int32Array, familyOfDetector: readonly number[]): Totals {
  const detectorCount = familyOfDetector.length;
  const present = new Int32Array(entityOfAccount.length);
  const queries = new Float64Array(entityOfAccount.length * detectorCount).fill(-1);
  const detectors = int32Column(evidence.presence, 'detector');
  const counts = float64Column(evidence.presence, 'queries');
  int32Column(evidence.presence, 'account').forEach((account, row) => {
    const entity = entityOfAccount[account] ?? 0;
    const detector = detectors[row] ?? 0;
    const place = entity * detectorCount + detector;
    present[entity] = (present[entity] ?? 0) | (1 << (familyOfDetector[detector] ?? 0));
    queries[place] = Math.max(0, queries[place] ?? 0) + (counts[row] ?? 0);
  });
  return { present, queries };
}

/** Links of entities, by entity number, and values as three columns of equal length. */
export interface Pairs {
  readonly entities: Int32Array;
  readonly values: Int32Array;
  readonly queries: Float64Array;
}

/** Links are ordered by value and account; the accounts of one entity may lie apart within a value. */
export function distinctPairs(evidence: Evidence, entityOfAccount: Int32Array): Pairs {
  const accounts = int32Column(evidence.links, 'account');
  const linkValues = int32Column(evidence.links, 'value');
  const linkQueries = float64Column(evidence.links, 'queries');
  const lastValue = new Int32Array(entityOfAccount.length).fill(-1);
  const lastPair = new Int32Array(entityOfAccount.length);
  const entities = new Int32Array(accounts.length);
  const values = new Int32Array(accounts.length);
  const queries = new Float64Array(accounts.length);
  let count = 0;
  for (let row = 0; row < accounts.length; row += 1) {
    const entity = entityOfAccount[accounts[row] ?? 0] ?? 0;
    const value = linkValues[row] ?? 0;
    if (lastValue[entity] !== value) {
      lastValue[entity] = value;
      lastPair[entity] = count;
      entities[count] = entity;
      values[count] = value;
      count += 1;
    }
    const pair = lastPair[entity] ?? 0;
    queries[pair] = (queries[pair] ?? 0) + (linkQueries[row] ?? 0);
  }
  return {
    entities: entities.subarray(0, count),
    values: values.subarray(0, count),
    queries: queries.subarray(0, count),
  };
}

/**
 * A link's part of its entity's queries that carry any value of the detector, divided among the family's detectors that the
 * entity has any value of. Links without queries share the detector evenly.
 */
export function shares(
  pairs: Pairs,
  valueDetector: Int32Array,
  { queries }: Totals,
  familyOfDetector: readonly number[],
): Float64Array {
  const detectorCount = familyOfDetector.length;
  const linkCount = new Int32Array(queries.length);
  const place = (pair: number) =>
    (pairs.entities[pair] ?? 0) * detectorCount + (valueDetector[pairs.values[pair] ?? 0] ?? 0);
  for (let pair = 0; pair < pairs.entities.length; pair += 1)
    linkCount[place(pair)] = (linkCount[place(pair)] ?? 0) + 1;
  const siblings = (pair: number) => {
    const family = familyOfDetector[valueDetector[pairs.values[pair] ?? 0] ?? 0];
    const start = (pairs.entities[pair] ?? 0) * detectorCount;
    return familyOfDetector.reduce(
      (sum, other, detector) => sum + (other === family && (queries[start + detector] ?? -1) >= 0 ? 1 : 0),
      0,
    );
  };
  return pairs.queries.map((own, pair) => {
    const total = queries[place(pair)] ?? 0;
    return (total > 0 ? own / total : 1 / (linkCount[place(pair)] ?? 1)) / Math.max(1, siblings(pair));
  });
}
