import { type Sql, sql } from '../engine/sql.ts';

/*
 * Chernoff bounds on tails, as SQL over columns: -ln of a number that the probability does not exceed, in nats, and 0 on
 * the other side of the mean. Hoeffding, Probability inequalities for sums of bounded random variables (1963).
 */

/** A logarithm of zero is an error in some engines, even in a branch that is not taken. */
const smallest = 1e-300;

/** That a Poisson variable with mean `expected` is `observed` or more. */
export function poissonAtLeast(observed: Sql, expected: Sql): Sql {
  return sql`CASE WHEN ${observed} > ${expected} THEN ${poisson(observed, expected)} ELSE 0 END`;
}

/** That a Poisson variable with mean `expected` is `observed` or less. */
export function poissonAtMost(observed: Sql, expected: Sql): Sql {
  return sql`CASE WHEN ${observed} < ${expected} THEN ${poisson(observed, expected)} ELSE 0 END`;
}

function poisson(observed: Sql, expected: Sql): Sql {
  return sql`(${expected} - ${observed} + ${timesLogRatio(observed, expected)})`;
}

/** That of `trials` with chance `probability` each, 0..1, `successes` or more come true. */
export function binomialAtLeast(successes: Sql, trials: Sql, probability: Sql): Sql {
  return sql`CASE WHEN ${successes} > ${trials} * ${probability}
    THEN ${timesLogRatio(successes, sql`${trials} * ${probability}`)}
      + ${timesLogRatio(sql`(${trials} - ${successes})`, sql`(${trials} * (1 - ${probability}))`)} ELSE 0 END`;
}

/** `part * ln(part / whole)`, 0 where there is no part. */
function timesLogRatio(part: Sql, whole: Sql): Sql {
  return sql`${part} * (ln(greatest(${part}, ${smallest})) - ln(greatest(${whole}, ${smallest})))`;
}

/** Nats a test has to exceed so that, over all tests, chance passes `expectedFalse` of them. */
export function correctedSurprise(tests: Sql, expectedFalse: number): Sql {
  return sql`ln(greatest(1, ${tests}) / ${expectedFalse})`;
}
