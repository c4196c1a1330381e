import { featureCount, type PromptFeatures } from './prompt-features.ts';

/** Length of an embedding: an error of 1/16 in the kernel of a pair, far less in the mean over pairs. */
export const fourierFeatures = 256;

/** Widths of the kernel over the median distance of two prompts; each has a quarter of the features. */
const widths = [0.5, 1, 2, 4];

const pairsForMedian = 500;

/**
 * Embeds prompts so that the inner product of two embeddings is about their similarity under a mixture of Gaussian kernels
 * (random Fourier features, Rahimi and Recht, NIPS 2007). The squared distance between the mean embeddings of two sets of
 * prompts is then their squared maximum mean discrepancy (Gretton et al., JMLR 2012).
 */
export class FourierFeatures {
  readonly #features: PromptFeatures;
  readonly #frequencies = new Float32Array(featureCount * fourierFeatures);
  readonly #phases: Float64Array;

  constructor(features: PromptFeatures, random: () => number) {
    this.#features = features;
    const median = medianDistance(features, random);
    for (let place = 0; place < this.#frequencies.length; place += 1) {
      const width = widths[place % widths.length] ?? 1;
      this.#frequencies[place] = normal(random) / (width * median);
    }
    this.#phases = Float64Array.from({ length: fourierFeatures }, () => 2 * Math.PI * random());
  }

  /** Adds the embedding of a prompt to `sum`, from `offset` on. */
  addTo(sum: Float64Array, offset: number, prompt: number): void {
    const { starts, places, values } = this.#features;
    const angles = this.#phases.slice();
    for (let entry = starts[prompt] ?? 0; entry < (starts[prompt + 1] ?? 0); entry += 1) {
      const value = values[entry] ?? 0;
      const first = (places[entry] ?? 0) * fourierFeatures;
      for (let feature = 0; feature < fourierFeatures; feature += 1)
        angles[feature] = (angles[feature] ?? 0) + value * (this.#frequencies[first + feature] ?? 0);
    }
    const scale = Math.sqrt(2 / fourierFeatures);
    for (let feature = 0; feature < fourierFeatures; feature += 1)
      sum[offset + feature] = (sum[offset + feature] ?? 0) + scale * Math.cos(angles[feature] ?? 0);
  }
}

/** A standard normal number (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function medianDistance(features: PromptFeatures, random: () => number): number {
  const pick = (): number => Math.floor(random() * features.count);
  const distances = Float64Array.from({ length: pairsForMedian }, () => distance(features, pick(), pick())).sort();
  return Math.max(1e-9, distances[pairsForMedian >> 1] ?? 0);
}

function distance({ starts, places, values }: PromptFeatures, left: number, right: number): number {
  const difference = new Float64Array(featureCount);
  for (const [prompt, sign] of [
    [left, 1],
    [right, -1],
  ] as const)
    for (let entry = starts[prompt] ?? 0; entry < (starts[prompt + 1] ?? 0); entry += 1) {
      const place = places[entry] ?? 0;
      difference[place] = (difference[place] ?? 0) + sign * (values[entry] ?? 0);
    }
  return Math.sqrt(difference.reduce((sum, value) => sum + value * value, 0));
}

/** Squared distance between two mean embeddings. */
export function squaredDiscrepancy(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, feature) => sum + (value - (right[feature] ?? 0)) ** 2, 0);
}
