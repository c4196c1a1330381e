/**
 * Probability that Student's t with whole `degrees` of freedom is `t` or less, 0..1, by the finite series for whole degrees
 * (Abramowitz and Stegun 26.7.3 and 26.7.4).
 */
export function lowerTailOfStudent(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let step = isOdd ? 3 : 2; step < degrees; step += 2) {
    term *= (cosine * cosine * (step - 1)) / step;
    sum += term;
  }
  const middle = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(1e-12, (1 + middle) / 2);
}
