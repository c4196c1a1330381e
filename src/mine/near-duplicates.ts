/** Sets of numbers, one after another: set `s` is `items[starts[s]]` up to but without `items[starts[s + 1]]`. */
export interface Sets {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/**
 * The search works with 64 hashes in 32 bands of 2: sets of Jaccard similarity J are compared with a chance of
 * 1 - (1 - J^2)^32, which is 0.95 at 0.3 and 0.997 at 0.4; what decides is then the estimate of J, whose standard error is
 * sqrt(J (1 - J) / 64), at most 0.063.
 */
const bands = 32;
const rowsPerBand = 2;
export const hashes = bands * rowsPerBand;

/** Leaders that a bucket holds, the most important ones: common words of a language would put thousands into some. */
const leadersPerBucket = 32;

const bucketBits = 22;

/**
 * Groups sets that are near-duplicates, without comparing all pairs: MinHash signatures (Broder, Compression and Complexity
 * of Sequences 1997) in bands (Indyk and Motwani, STOC 1998). The sets come in the order of their importance; each follows
 * the earlier leader that it resembles most, if their estimated Jaccard similarity is at least `leastSimilarity` (0..1), or
 * else leads. Followers stand in no bucket, so that a template of a million sets costs no more than one of ten, and
 * similarity is not handed on from follower to follower. Returns each set's leader; -1 for sets below `fewestItems`. Memory: 256 bytes a set for
 * signatures, 128 bytes a leader and 16 MiB for the buckets.
 */
export function nearDuplicates(sets: Sets, leastSimilarity: number, fewestItems: number): Int32Array {
  const count = sets.starts.length - 1;
  const signatures = new Uint32Array(count * hashes);
  const buckets = new Buckets(count);
  const leaders = new Int32Array(count).fill(-1);
  const least = Math.ceil(leastSimilarity * hashes);
  for (let set = 0; set < count; set += 1) {
    const [start = 0, end = 0] = sets.starts.subarray(set, set + 2);
    if (end - start < fewestItems) continue;
    sign(sets.items, start, end, signatures, set * hashes);
    const leader = buckets.mostAlike(signatures, set, least);
    leaders[set] = leader ?? set;
    if (leader === undefined) buckets.add(signatures, set);
  }
  return leaders;
}

/** Share of equal places of two signatures: an estimate of the Jaccard similarity of their sets. */
function equalPlaces(signatures: Uint32Array, left: number, right: number): number {
  let equal = 0;
  for (let place = 0; place < hashes; place += 1)
    if (signatures[left * hashes + place] === signatures[right * hashes + place]) equal += 1;
  return equal;
}

const seeds = Uint32Array.from({ length: hashes }, (_, place) => mixed(place + 1));

/** The smallest of each hash of the items. */
function sign(items: Int32Array, start: number, end: number, target: Uint32Array, offset: number): void {
  target.fill(0xffffffff, offset, offset + hashes);
  for (let position = start; position < end; position += 1) {
    const item = mixed((items[position] ?? 0) + 1);
    for (let place = 0; place < hashes; place += 1) {
      const value = mixed(item ^ (seeds[place] ?? 0));
      if (value < (target[offset + place] ?? 0)) target[offset + place] = value;
    }
  }
}

/** A well-mixed 32-bit number of another (the finaliser of MurmurHash3, A. Appleby, public domain). */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Leaders by band and hashes in it, as linked lists in typed arrays. */
class Buckets {
  readonly #heads = new Int32Array(1 << bucketBits).fill(-1);
  readonly #entrySets: Int32Array;
  readonly #entryNext: Int32Array;
  readonly #seenBy: Int32Array;
  #entries = 0;

  constructor(sets: number) {
    this.#entrySets = new Int32Array(sets * bands);
    this.#entryNext = new Int32Array(sets * bands);
    this.#seenBy = new Int32Array(sets).fill(-1);
  }

  add(signatures: Uint32Array, set: number): void {
    for (let band = 0; band < bands; band += 1) {
      const bucket = bucketOf(signatures, set, band);
      if (this.#countEntries(bucket) >= leadersPerBucket) continue;
      this.#entrySets[this.#entries] = set;
      this.#entryNext[this.#entries] = this.#heads[bucket] ?? -1;
      this.#heads[bucket] = this.#entries;
      this.#entries += 1;
    }
  }

  #countEntries(bucket: number): number {
    let count = 0;
    for (let entry = this.#heads[bucket] ?? -1; entry >= 0; entry = this.#entryNext[entry] ?? -1) count += 1;
    return count;
  }

  /** The leader with most equal hashes, the most important of several; undefined where none has the least number. */
  mostAlike(signatures: Uint32Array, set: number, least: number): number | undefined {
    let best: number | undefined;
    let most = least - 1;
    for (let band = 0; band < bands; band += 1) {
      let entry = this.#heads[bucketOf(signatures, set, band)] ?? -1;
      while (entry >= 0) {
        const leader = this.#entrySets[entry] ?? 0;
        entry = this.#entryNext[entry] ?? -1;
        if (this.#seenBy[leader] === set) continue;
        this.#seenBy[leader] = set;
        const equal = equalPlaces(signatures, leader, set);
        if (equal > most || (equal === most && best !== undefined && leader < best)) {
          best = leader;
          most = equal;
        }
      }
    }
    return best;
  }
}

function bucketOf(signatures: Uint32Array, set: number, band: number): number {
  let key = mixed(band + 1);
  for (let row = 0; row < rowsPerBand; row += 1)
    key = mixed(key ^ (signatures[set * hashes + band * rowsPerBand + row] ?? 0));
  return key >>> (32 - bucketBits);
}
