import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Family } from '../model/report.ts';
import { int32Column } from '../util/arrow.ts';
import { familyWeights } from './family-weights.ts';
import { distinctPairs, shares, totalsOf } from './links.ts';
import { compress, type LinkRows, type Links } from './rows.ts';
import { strata } from './strata.ts';

/** Links between entities and values, stored by entity and by value (compressed rows), each pair once. */
export interface EvidenceGraph extends LinkRows {
  /** Entities that have any value, `0..entityCount-1` in the order of their entity numbers; many have no link. */
  readonly entityCount: number;
  readonly valueCount: number;
  /** Entities in the whole log, with or without links; the population that chance draws from. */
  readonly population: number;
  /** Entity number (smallest account in it) of each entity of the graph. */
  readonly entityNumber: Int32Array;
  /** Detector of each value, as its position in `Evidence.runs`. */
  readonly valueDetector: Int32Array;
  /** Families of evidence; elsewhere a family is its position here. */
  readonly families: readonly Family[];
  /** Family of each value. */
  readonly valueFamily: Int32Array;
  readonly familyCount: number;
  /**
   * Surprise of each value: ln(entities that have any value of the detector / entities that share this one), in nats, times
   * the weight of its family.
   */
  readonly valueWeight: Float64Array;
  /** Bit f is set where the entity has any value of family f, shared or not: whether the absence of a link says anything. */
  readonly present: Int32Array;
  /** For each detector, the number of values of each entity, shared or not; 1 for all where chance gives values to everybody. */
  readonly valuesOfEntity: readonly Int32Array[];
  /** What entities are like where it makes strangers share things, as a number from 0: see `strata`. */
  readonly stratum: Int32Array;
  /** For each family, the entities of the whole population that have any value of it. */
  readonly presentCount: Int32Array;
}

/** The account-value graph with accounts collapsed to declared entities; `weights` are those of the families. */
export function buildGraph(
  evidence: Evidence,
  features: AccountFeatures,
  weights: Readonly<Record<Family, number>> = familyWeights,
): EvidenceGraph {
  const entityOfAccount = int32Column(features.table, 'entity');
  const families = [...new Set(evidence.runs.map((run) => run.family))];
  const familyOfDetector = evidence.runs.map((run) => families.indexOf(run.family));
  const valueDetector = int32Column(evidence.values, 'detector');
  const valueFamily = valueDetector.map((detector) => familyOfDetector[detector] ?? 0);
  const totals = totalsOf(evidence, entityOfAccount, familyOfDetector);
  const pairs = distinctPairs(evidence, entityOfAccount);
  const index = indexEntities(totals.present);
  const links: Links = {
    entities: pairs.entities.map((entity) => index.position[entity] ?? 0),
    values: pairs.values,
    shares: shares(pairs, valueDetector, totals, familyOfDetector),
  };
  const sharers = int32Column(evidence.values, 'sharers');
  const withValue = int32Column(evidence.values, 'population');
  const population = new Set(entityOfAccount).size;
  return {
    entityCount: index.numbers.length,
    valueCount: evidence.values.numRows,
    population,
    entityNumber: index.numbers,
    ...compress(links, index.numbers.length, evidence.values.numRows),
    valueDetector,
    families,
    valueFamily,
    familyCount: families.length,
    valueWeight: Float64Array.from(sharers, (count, value) => {
      const family = families[valueFamily[value] ?? 0];
      const trusted = family === undefined ? 1 : weights[family];
      return trusted * Math.max(0, Math.log((withValue[value] ?? 1) / count));
    }),
    present: index.numbers.map((entity) => totals.present[entity] ?? 0),
    valuesOfEntity: valueCounts(evidence, entityOfAccount, index.position, index.numbers.length),
    stratum: strata(features, index.numbers),
    presentCount: Int32Array.from(families, (_, family) =>
      totals.present.reduce((count, bits) => count + ((bits >> family) & 1), 0),
    ),
  };
}

function valueCounts(
  evidence: Evidence,
  entityOfAccount: Int32Array,
  position: Int32Array,
  entityCount: number,
): Int32Array[] {
  const counts = evidence.runs.map((run) => new Int32Array(entityCount).fill(run.population === 'everybody' ? 1 : 0));
  const detectors = int32Column(evidence.presence, 'detector');
  const values = int32Column(evidence.presence, 'values');
  int32Column(evidence.presence, 'account').forEach((account, row) => {
    const detector = detectors[row] ?? 0;
    const own = evidence.runs[detector]?.population === 'everybody' ? undefined : counts[detector];
    const entity = position[entityOfAccount[account] ?? 0] ?? 0;
    if (own !== undefined) own[entity] = (own[entity] ?? 0) + (values[row] ?? 0);
  });
  return counts;
}

/** Entities that have any value of any family, in the order of their numbers. */
function indexEntities(present: Int32Array): { position: Int32Array; numbers: Int32Array } {
  const position = new Int32Array(present.length).fill(-1);
  const numbers: number[] = [];
  present.forEach((families, entity) => {
    if (families === 0) return;
    position[entity] = numbers.length;
    numbers.push(entity);
  });
  return { position, numbers: Int32Array.from(numbers) };
}
