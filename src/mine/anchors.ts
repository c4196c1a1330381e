import type { Wording } from './learn.ts';

/** Shingles by which texts are told to be of a wording: enough for a share of them to be sure, few enough to look all up. */
const anchorsPerWording = 32;

/** A shingle of more templates than this is common ground, and would multiply the rows of every text that has it. */
const mostTemplates = 16;

/** Columns of equal length: a shingle, the wording it marks (by position) and its place among the wording's anchors. */
export interface Anchors {
  readonly shingles: Int32Array;
  readonly wordings: Int32Array;
  readonly places: Int32Array;
}

/** The constants of each wording that fewest other templates have; the rest of the order is that of the shingles' hashes. */
export function chooseAnchors(wordings: readonly Wording[]): Anchors {
  const templates = new Map<number, Set<number>>();
  for (const { root, constants } of wordings)
    for (const shingle of constants) {
      const roots = templates.get(shingle);
      if (roots === undefined) templates.set(shingle, new Set([root]));
      else if (roots.size <= mostTemplates) roots.add(root);
    }
  const spread = (shingle: number): number => templates.get(shingle)?.size ?? 0;
  const chosen = wordings.map(({ constants }) =>
    [...constants]
      .filter((shingle) => spread(shingle) <= mostTemplates)
      .sort((left, right) => spread(left) - spread(right) || left - right)
      .slice(0, anchorsPerWording),
  );
  return {
    shingles: Int32Array.from(chosen.flat()),
    wordings: Int32Array.from(chosen.flatMap((shingles, wording) => shingles.map(() => wording))),
    places: Int32Array.from(chosen.flatMap((shingles) => [...shingles.keys()])),
  };
}
