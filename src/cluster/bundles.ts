import type { EvidenceGraph } from './graph.ts';

/** Fewer values with the same sharers are one thing under several names: a product with its prompt and its tools. */
const fewestValues = 5;

/** Fewer are a pair; more are found as a community, and next to never share several values to the last account. */
const fewestSharers = 3;
const mostSharers = 200;

/**
 * Sets of entities, sorted, that share several values with nobody else and all of them: a small pool through which many
 * unrelated customers call carries the marks of each on every account. Among thousands of other links such a set is too
 * small to become a community of its own.
 */
export function findBundles({ valueCount, valueOffsets, valueEntities, valueWeight }: EvidenceGraph): Int32Array[] {
  const bundles = new Map<string, { readonly entities: Int32Array; values: number }>();
  for (let value = 0; value < valueCount; value += 1) {
    const from = valueOffsets[value] ?? 0;
    const to = valueOffsets[value + 1] ?? 0;
    if (to - from < fewestSharers || to - from > mostSharers || (valueWeight[value] ?? 0) === 0) continue;
    const entities = valueEntities.slice(from, to).sort();
    const name = entities.join(' ');
    const bundle = bundles.get(name) ?? { entities, values: 0 };
    bundle.values += 1;
    bundles.set(name, bundle);
  }
  return [...bundles.values()].filter(({ values }) => values >= fewestValues).map(({ entities }) => entities);
}
