import type { Breathe } from '../engine/context.ts';
import { groupBy } from '../util/group.ts';
import { nearDuplicates, type Sets } from './near-duplicates.ts';

/** A text of the sample, by its number: its frequent shingles, and how many accounts stand behind it. */
export interface Documents {
  readonly shingles: Sets;
  readonly weights: Int32Array;
}

/** One wording of a template: what its texts have in common. */
export interface Wording {
  /** The most important document that has the wording. */
  readonly leader: number;
  /** The most important document of the template, which several wordings may have in common. */
  readonly root: number;
  /** Shingles that most of its texts have, each of which counts as constant. */
  readonly constants: Int32Array;
}

/** Documents, and then wordings, are one where their shingles overlap by this much: half of the one in the other. */
export const leastSimilarity = 0.4;

/** Share of a wording's weight that has to have a shingle for it to be constant. */
const constantShare = 0.6;

/** A shingle is no part of a template below this weight: so many accounts' texts have it. */
export const leastWeight = 4;

/** Fewest constant shingles: nine words in a row. Less is a turn of phrase. */
export const fewestConstants = 6;

/**
 * Learns templates from documents, which come in the order of their weight. First documents are grouped by their frequent
 * shingles: what fills a free slot is rare, so slots of any length drop out, wherever they are, and a document is what recurs
 * in it. (Drain, He et al., ICWS 2017, finds slots by the position of a token, which a slot of several words shifts.) Then
 * wordings are grouped by their constants alone, so that paraphrases which share structure meet.
 */
export async function learnTemplates({ shingles, weights }: Documents, breathe: Breathe): Promise<Wording[]> {
  const leaders = nearDuplicates(shingles, leastSimilarity, fewestConstants);
  await breathe();
  const groups = groupBy(
    [...leaders.keys()].filter((document) => (leaders[document] ?? -1) >= 0),
    (document) => leaders[document] ?? 0,
  );
  const counts = new Float64Array(shingles.items.reduce((most, shingle) => Math.max(most, shingle), -1) + 1);
  const wordings: { leader: number; constants: Int32Array }[] = [];
  for (const [leader, documents] of [...groups].sort(([left], [right]) => left - right)) {
    const constants = constantsOf(shingles, weights, documents, counts);
    if (constants.length >= fewestConstants) wordings.push({ leader, constants });
    await breathe();
  }
  const roots = nearDuplicates(concatenated(wordings.map(({ constants }) => constants)), leastSimilarity, 1);
  return wordings.map((wording, position) => ({
    ...wording,
    root: wordings[roots[position] ?? position]?.leader ?? wording.leader,
  }));
}

/** `counts` has a zero for every shingle, before and after. */
function constantsOf(
  { starts, items }: Sets,
  weights: Int32Array,
  documents: readonly number[],
  counts: Float64Array,
): Int32Array {
  const touched: number[] = [];
  let total = 0;
  for (const document of documents) {
    const weight = weights[document] ?? 0;
    total += weight;
    for (const shingle of items.subarray(starts[document], starts[document + 1])) {
      if (counts[shingle] === 0) touched.push(shingle);
      counts[shingle] = (counts[shingle] ?? 0) + weight;
    }
  }
  const least = Math.max(leastWeight, constantShare * total);
  const constants = touched.filter((shingle) => (counts[shingle] ?? 0) >= least);
  for (const shingle of touched) counts[shingle] = 0;
  return Int32Array.from(constants).sort();
}

function concatenated(sets: readonly Int32Array[]): Sets {
  const starts = new Int32Array(sets.length + 1);
  sets.forEach((set, position) => {
    starts[position + 1] = (starts[position] ?? 0) + set.length;
  });
  const items = new Int32Array(starts.at(-1) ?? 0);
  sets.forEach((set, position) => {
    items.set(set, starts[position]);
  });
  return { starts, items };
}
