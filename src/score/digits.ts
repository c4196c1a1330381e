/** A digit for each number, in proportion to the square root of its share of `peak`: 0 for nothing, 9 for the peak. */
export function digits(values: ArrayLike<number>, peak: number): string {
  return Array.from(values, (value) => digit(value / peak)).join('');
}

function digit(share: number): number {
  return share > 0 ? Math.min(9, Math.ceil(9 * Math.sqrt(share))) : 0;
}
