/** A number for an axis: `950`, `12k`, `3.4M`. */
export function shortNumber(value: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))}${unit}`;
  }
  return String(Number(value.toPrecision(3)));
}

/** A share 0..1 in percent, with more digits the smaller it is. */
export function percent(share: number): string {
  const value = 100 * share;
  return `${value >= 10 || value === 0 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}

/** A length or place in a drawing, to a tenth. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

const mostTicks = 4;

/** Round numbers from 0 up to the first that reaches `most`, at most five. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / mostTicks;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * size >= rough) ?? 10) * size;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, tick) => tick * step);
}
