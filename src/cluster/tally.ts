/**
 * Sums by number, `0..size-1`. One tally serves many small counts over a large range of numbers: to clear it costs as much as
 * the numbers that were added to, not as the range.
 */
export class Tally {
  /** How many numbers have been added to. */
  count = 0;
  /** These numbers, in the order in which they first came; `count` of them. */
  readonly numbers: Int32Array;
  readonly #sums: Float64Array;
  /** Position of each number in `numbers`, from 1; 0 where it has not come. */
  readonly #places: Int32Array;

  /** @param size numbers there may be */
  constructor(size: number) {
    this.numbers = new Int32Array(size);
    this.#sums = new Float64Array(size);
    this.#places = new Int32Array(size);
  }

  add(number: number, amount: number): void {
    let place = this.#places[number] ?? 0;
    if (place === 0) {
      this.count += 1;
      place = this.count;
      this.#places[number] = place;
      this.numbers[place - 1] = number;
      this.#sums[place - 1] = 0;
    }
    this.#sums[place - 1] = (this.#sums[place - 1] ?? 0) + amount;
  }

  /** 0 where nothing was added. */
  sumOf(number: number): number {
    const place = this.#places[number] ?? 0;
    return place === 0 ? 0 : (this.#sums[place - 1] ?? 0);
  }

  /** The sum of the number at a position in `numbers`. */
  sumAt(position: number): number {
    return this.#sums[position] ?? 0;
  }

  clear(): void {
    for (let position = 0; position < this.count; position += 1) this.#places[this.numbers[position] ?? 0] = 0;
    this.count = 0;
  }
}
