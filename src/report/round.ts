const significantDigits = 6;

/**
 * A fraction with six significant digits; whole numbers as they are. Sums of fractions differ in their last digits from
 * run to run, since threads add them up in another order: without rounding, no two outputs would have the same bytes.
 */
export function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(significantDigits));
}
