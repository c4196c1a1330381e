/** Adjusted Rand index of two partitions of the same things (Hubert and Arabie 1985): 1 = the same, 0 = as by chance. */
export function adjustedRandIndex(left: readonly string[], right: readonly string[]): number {
  const pairs = (counts: Iterable<number>): number => {
    let sum = 0;
    for (const count of counts) sum += (count * (count - 1)) / 2;
    return sum;
  };
  const both = pairs(countEach(left.map((name, position) => JSON.stringify([name, right[position]]))));
  const inLeft = pairs(countEach(left));
  const inRight = pairs(countEach(right));
  const all = pairs([left.length]);
  const expected = all === 0 ? 0 : (inLeft * inRight) / all;
  const largest = (inLeft + inRight) / 2;
  return largest === expected ? 1 : (both - expected) / (largest - expected);
}

function countEach(names: readonly string[]): Iterable<number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts.values();
}
