/** Two sharers of some value: what they have in common, and whether one actor runs both. */
export interface Pair {
  readonly isOneActor: boolean;
  /** For each family, nats: see `drawPairs`. */
  readonly surprises: readonly number[];
}

/** Odds that two entities are one actor: exp(intercept + sum over families of coefficient x surprise). */
interface Fit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

export interface Calibration {
  /** One number a family, 0..1, the largest 1. */
  readonly weights: readonly number[];
  /** Strength of the pull towards equal weights that predicted best the worlds left out. */
  readonly shrinkage: number;
  /** Mean loss of worlds left out, nats a pair, for each strength tried. */
  readonly losses: readonly { readonly shrinkage: number; readonly loss: number }[];
}

const shrinkages: readonly number[] = [1e-4, 1e-3, 1e-2, 1e-1, 1];
const iterations = 15;

/**
 * Weights of families by logistic regression of the truth on the surprise that each family claims, every world counting the
 * same, with a quadratic pull of the coefficients towards their mean. How strong it is, worlds decide that are left out in
 * turn. Coefficients are held at 0 or above: sharing something never speaks against common control.
 */
export function calibrate(worlds: readonly (readonly Pair[])[]): Calibration {
  const losses = shrinkages.map((shrinkage) => {
    const left = worlds.map((world, position) =>
      lossOf(
        regress(
          worlds.filter((_, other) => other !== position),
          shrinkage,
        ),
        world,
      ),
    );
    return { shrinkage, loss: left.reduce((sum, loss) => sum + loss, 0) / left.length };
  });
  const best = losses.reduce((left, right) => (right.loss < left.loss ? right : left));
  const { coefficients } = regress(worlds, best.shrinkage);
  const largest = Math.max(...coefficients);
  return { weights: coefficients.map((one) => (largest > 0 ? one / largest : 1)), shrinkage: best.shrinkage, losses };
}

/** Newton's method with coefficients below 0 put back to 0. */
function regress(worlds: readonly (readonly Pair[])[], shrinkage: number): Fit {
  const familyCount = worlds[0]?.[0]?.surprises.length ?? 0;
  let theta = new Float64Array(familyCount + 1);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const { gradient, curvature } = derivatives(worlds, theta, shrinkage);
    const step = solve(curvature, gradient);
    theta = theta.map((value, row) => (row === 0 ? value - (step[row] ?? 0) : Math.max(0, value - (step[row] ?? 0))));
  }
  return { intercept: theta[0] ?? 0, coefficients: [...theta.subarray(1)] };
}

function derivatives(worlds: readonly (readonly Pair[])[], theta: Float64Array, shrinkage: number) {
  const size = theta.length;
  const gradient = new Float64Array(size);
  const curvature = Array.from({ length: size }, () => new Float64Array(size));
  const add = (row: number, column: number, value: number) => {
    const cells = curvature[row];
    if (cells !== undefined) cells[column] = (cells[column] ?? 0) + value;
  };
  for (const pairs of worlds) {
    for (const { isOneActor, surprises } of pairs) {
      const inputs = [1, ...surprises];
      const chance = 1 / (1 + Math.exp(-inputs.reduce((sum, input, row) => sum + input * (theta[row] ?? 0), 0)));
      const share = 1 / (worlds.length * pairs.length);
      inputs.forEach((input, row) => {
        if (input === 0) return;
        gradient[row] = (gradient[row] ?? 0) + share * input * (chance - (isOneActor ? 1 : 0));
        inputs.forEach((other, column) => {
          if (other !== 0) add(row, column, share * chance * (1 - chance) * input * other);
        });
      });
    }
  }
  const mean = theta.subarray(1).reduce((sum, value) => sum + value, 0) / Math.max(1, size - 1);
  for (let row = 0; row < size; row += 1) {
    add(row, row, 1e-9);
    if (row === 0) continue;
    gradient[row] = (gradient[row] ?? 0) + shrinkage * ((theta[row] ?? 0) - mean);
    for (let column = 1; column < size; column += 1)
      add(row, column, shrinkage * ((row === column ? 1 : 0) - 1 / (size - 1)));
  }
  return { gradient, curvature };
}

/** Mean of -ln(probability given to what is true), nats. */
function lossOf({ intercept, coefficients }: Fit, pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { isOneActor, surprises }) => {
    const odds = surprises.reduce(
      (total, surprise, family) => total + surprise * (coefficients[family] ?? 0),
      intercept,
    );
    return sum + Math.log1p(Math.exp(isOneActor ? -odds : odds)) / pairs.length;
  }, 0);
}

/** Solves a x = b for a symmetric positive definite matrix (Gauss). */
function solve(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const rows = a.map((row, position) => [...row, b[position] ?? 0]);
  rows.forEach((pivot, position) => {
    for (const row of rows.slice(position + 1)) {
      const factor = (row[position] ?? 0) / (pivot[position] ?? 1);
      for (let column = position; column < row.length; column += 1)
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
    }
  });
  const x = new Float64Array(b.length);
  for (let position = b.length - 1; position >= 0; position -= 1) {
    const row = rows[position] ?? [];
    const known = x.reduce((sum, value, column) => (column > position ? sum + value * (row[column] ?? 0) : sum), 0);
    x[position] = ((row[b.length] ?? 0) - known) / (row[position] ?? 1);
  }
  return x;
}
