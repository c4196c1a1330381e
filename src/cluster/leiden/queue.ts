/** Numbers `0..size-1` that wait in line, each once at a time. */
export class Queue {
  /** How many wait. */
  waiting: number;
  /** A ring: whoever takes a number makes room for one. */
  readonly #ring: Int32Array;
  readonly #isWaiting: Uint8Array;
  #head = 0;

  /** @param all the numbers, in the order in which they wait at first */
  constructor(all: Int32Array) {
    this.#ring = all;
    this.#isWaiting = new Uint8Array(all.length).fill(1);
    this.waiting = all.length;
  }

  /** The number that has waited longest; only where any waits. */
  take(): number {
    const number = this.#ring[this.#head] ?? 0;
    this.#head = this.#head + 1 === this.#ring.length ? 0 : this.#head + 1;
    this.#isWaiting[number] = 0;
    this.waiting -= 1;
    return number;
  }

  has(number: number): boolean {
    return this.#isWaiting[number] === 1;
  }

  /** Only a number that does not wait. */
  put(number: number): void {
    const place = this.#head + this.waiting;
    this.#ring[place < this.#ring.length ? place : place - this.#ring.length] = number;
    this.#isWaiting[number] = 1;
    this.waiting += 1;
  }
}
