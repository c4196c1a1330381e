import { describe, expect, it } from 'vitest';
import { type Sql, sql } from '../../src/engine/sql.ts';
import { binomialAtLeast, correctedSurprise, poissonAtLeast, poissonAtMost } from '../../src/link/chance.ts';
import { withEngine } from '../support/world.ts';

async function value(expression: Sql): Promise<number> {
  return withEngine(async (engine) =>
    Number((await engine.query(sql`SELECT (${expression})::DOUBLE AS value`)).get(0)?.value),
  );
}

/** -ln of the exact probability, summed up term by term. */
function poissonTail(from: number, to: number, mean: number): number {
  let sum = 0;
  let term = Math.exp(-mean);
  for (let count = 0; count <= to; count += 1) {
    if (count >= from) sum += term;
    term *= mean / (count + 1);
  }
  return -Math.log(sum);
}

describe('bounds on tails', () => {
  it('never claim more surprise than the exact Poisson tail has, and come close to it', async () => {
    const above = await value(poissonAtLeast(sql`30.0`, sql`10.0`));
    expect(above).toBeLessThanOrEqual(poissonTail(30, 200, 10));
    expect(above).toBeGreaterThan(0.8 * poissonTail(30, 200, 10));
    const below = await value(poissonAtMost(sql`2.0`, sql`20.0`));
    expect(below).toBeLessThanOrEqual(poissonTail(0, 2, 20));
    expect(below).toBeGreaterThan(0.8 * poissonTail(0, 2, 20));
  });

  it('take nothing at all for what it is', async () => {
    expect(await value(poissonAtMost(sql`0`, sql`7.0`))).toBeCloseTo(7);
    expect(await value(poissonAtLeast(sql`0`, sql`7.0`))).toBe(0);
    expect(await value(poissonAtMost(sql`9`, sql`7.0`))).toBe(0);
    expect(await value(binomialAtLeast(sql`8`, sql`8`, sql`0.25`))).toBeCloseTo(8 * Math.log(4));
    expect(await value(binomialAtLeast(sql`1`, sql`8`, sql`0.25`))).toBe(0);
  });

  it('rise with the number of tests, and stand with none', async () => {
    expect(await value(correctedSurprise(sql`1000`, 0.01))).toBeCloseTo(Math.log(1e5));
    expect(await value(correctedSurprise(sql`0`, 0.01))).toBeCloseTo(Math.log(100));
  });
});
