import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Family } from '../model/report.ts';
import { int32Column } from '../util/arrow.ts';
import { shuffle } from '../util/random.ts';

/** Links between entities and values, stored by entity and by value (compressed rows), each pair once. */
export interface EvidenceGraph {
  /** Number of entities, `0..entityCount-1` in the order of their entity numbers. */
  readonly entityCount: number;
  readonly valueCount: number;
  /** Entities in the whole log, with or without links; the population that chance draws from. */
  readonly population: number;
  /** Entity number (smallest account in it) of each entity of the graph. */
  readonly entityNumber: Int32Array;
  readonly entityOffsets: Int32Array;
  readonly entityValues: Int32Array;
  readonly valueOffsets: Int32Array;
  readonly valueEntities: Int32Array;
  /** Detector of each value, as its position in `Evidence.runs`. */
  readonly valueDetector: Int32Array;
  /** Families of evidence; elsewhere a family is its position here. */
  readonly families: readonly Family[];
  /** Family of each value. */
  readonly valueFamily: Int32Array;
  readonly familyCount: number;
  /** Surprise of each value: ln(entities that have any value of the detector / entities that share this one), in nats. */
  readonly valueWeight: Float64Array;
  /** Bit f is set where the entity has any value of family f, shared or not: whether the absence of a link says anything. */
  readonly present: Int32Array;
  /** For each family, the share of the whole population, 0..1, that has any value of it. */
  readonly presentShare: Float64Array;
}

/** The account-value graph with accounts collapsed to declared entities. */
export function buildGraph(evidence: Evidence, features: AccountFeatures): EvidenceGraph {
  const entityOfAccount = int32Column(features.table, 'entity');
  const families = [...new Set(evidence.runs.map((run) => run.family))];
  const familyOfDetector = evidence.runs.map((run) => families.indexOf(run.family));
  const pairs = distinctPairs(evidence, entityOfAccount);
  const index = indexEntities(pairs.entities, features.count);
  const entities = pairs.entities.map((entity) => index.position[entity] ?? 0);
  const valueDetector = int32Column(evidence.values, 'detector');
  const sharers = int32Column(evidence.values, 'sharers');
  const withValue = int32Column(evidence.values, 'population');
  const familiesOfEntity = presence(evidence, entityOfAccount, familyOfDetector);
  const population = new Set(entityOfAccount).size;
  return {
    entityCount: index.numbers.length,
    valueCount: evidence.values.numRows,
    population,
    entityNumber: index.numbers,
    ...compress(entities, pairs.values, index.numbers.length, evidence.values.numRows),
    valueDetector,
    valueFamily: valueDetector.map((detector) => familyOfDetector[detector] ?? 0),
    families,
    familyCount: families.length,
    valueWeight: Float64Array.from(sharers, (count, value) => Math.max(0, Math.log((withValue[value] ?? 1) / count))),
    present: index.numbers.map((entity) => familiesOfEntity[entity] ?? 0),
    presentShare: Float64Array.from(families, (_, family) => {
      const count = familiesOfEntity.reduce((sum, bits) => sum + ((bits >> family) & 1), 0);
      return count / Math.max(1, population);
    }),
  };
}

/** Links are ordered by value and account, so the accounts of one entity may lie apart: mark who was seen for this value. */
function distinctPairs(evidence: Evidence, entityOfAccount: Int32Array): { entities: Int32Array; values: Int32Array } {
  const accounts = int32Column(evidence.links, 'account');
  const linkValues = int32Column(evidence.links, 'value');
  const lastValue = new Int32Array(entityOfAccount.length).fill(-1);
  const entities = new Int32Array(accounts.length);
  const values = new Int32Array(accounts.length);
  let count = 0;
  for (let row = 0; row < accounts.length; row += 1) {
    const entity = entityOfAccount[accounts[row] ?? 0] ?? 0;
    const value = linkValues[row] ?? 0;
    if (lastValue[entity] === value) continue;
    lastValue[entity] = value;
    entities[count] = entity;
    values[count] = value;
    count += 1;
  }
  return { entities: entities.subarray(0, count), values: values.subarray(0, count) };
}

function indexEntities(entities: Int32Array, accountCount: number): { position: Int32Array; numbers: Int32Array } {
  const position = new Int32Array(accountCount).fill(-1);
  for (const entity of entities) position[entity] = 0;
  const numbers: number[] = [];
  for (let entity = 0; entity < accountCount; entity += 1) {
    if (position[entity] === -1) continue;
    position[entity] = numbers.length;
    numbers.push(entity);
  }
  return { position, numbers: Int32Array.from(numbers) };
}

/** Families of which an entity has any value, as bits, by entity number. */
function presence(evidence: Evidence, entityOfAccount: Int32Array, familyOfDetector: readonly number[]): Int32Array {
  const present = new Int32Array(entityOfAccount.length);
  const detectorBits = int32Column(evidence.presence, 'detectors');
  int32Column(evidence.presence, 'account').forEach((account, row) => {
    const entity = entityOfAccount[account] ?? 0;
    familyOfDetector.forEach((family, detector) => {
      if (((detectorBits[row] ?? 0) >> detector) & 1) present[entity] = (present[entity] ?? 0) | (1 << family);
    });
  });
  return present;
}

function compress(entities: Int32Array, values: Int32Array, entityCount: number, valueCount: number) {
  const byEntity = rows(entities, values, entityCount);
  const byValue = rows(values, entities, valueCount);
  return {
    entityOffsets: byEntity.offsets,
    entityValues: byEntity.targets,
    valueOffsets: byValue.offsets,
    valueEntities: byValue.targets,
  };
}

function rows(
  sources: Int32Array,
  targets: Int32Array,
  sourceCount: number,
): { offsets: Int32Array; targets: Int32Array } {
  const offsets = new Int32Array(sourceCount + 1);
  for (const source of sources) offsets[source + 1] = (offsets[source + 1] ?? 0) + 1;
  for (let source = 0; source < sourceCount; source += 1)
    offsets[source + 1] = (offsets[source + 1] ?? 0) + (offsets[source] ?? 0);
  const next = offsets.slice(0, sourceCount);
  const sorted = new Int32Array(targets.length);
  sources.forEach((source, row) => {
    const place = next[source] ?? 0;
    sorted[place] = targets[row] ?? 0;
    next[source] = place + 1;
  });
  return { offsets, targets: sorted };
}

/** The same graph with every value's entities drawn anew: each entity keeps its number of links in each detector, each value its sharers. */
export function shuffleLinks(graph: EvidenceGraph, random: () => number): EvidenceGraph {
  const values = new Int32Array(graph.entityValues.length);
  const entities = new Int32Array(graph.entityValues.length);
  const detectorCount = Math.max(0, ...graph.valueDetector) + 1;
  let start = 0;
  for (let detector = 0; detector < detectorCount; detector += 1) {
    let end = start;
    for (let value = 0; value < graph.valueCount; value += 1) {
      if (graph.valueDetector[value] !== detector) continue;
      for (let link = graph.valueOffsets[value] ?? 0; link < (graph.valueOffsets[value + 1] ?? 0); link += 1) {
        values[end] = value;
        entities[end] = graph.valueEntities[link] ?? 0;
        end += 1;
      }
    }
    shuffle(entities.subarray(start, end), random);
    start = end;
  }
  return { ...graph, ...compress(entities, values, graph.entityCount, graph.valueCount) };
}
