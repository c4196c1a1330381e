import type { ReportEvidence } from '../../model/report.ts';
import type { PooledResult } from './test.ts';
import { isOrdinary, type PooledVerdict, rejection, sharesWork } from './verdict.ts';

/** A p-value of this many nats is as strong as it gets. */
const strongestNats = 40;

/** What the pooled tests say for the cluster being one actor, the strongest first. */
export function pooledEvidence({ results }: PooledVerdict, memberCount: number): ReportEvidence[] {
  return results
    .filter((result) => result.pValue < rejection)
    .sort((left, right) => left.pValue - right.pValue || (left.test.id < right.test.id ? -1 : 1))
    .map((result) => ({
      detector: result.test.id,
      family: result.test.family,
      strength: Math.min(1, -Math.log(result.pValue) / strongestNats),
      accounts: memberCount,
      summary: sentence(result),
      examples: [],
    }));
}

/** What they say against it. */
export function pooledCounterEvidence({ results }: PooledVerdict): string[] {
  const ordinary = results.filter((result) => isOrdinary(result) && !sharesWork(result));
  return [
    ...results.filter(sharesWork).map((result) => `work is shared, not dealt out: ${sentence(result)}`),
    ...ordinary.map((result) => `like unrelated customers: ${sentence(result)}`),
  ];
}

function sentence({ test, observed, expected }: PooledResult): string {
  return test.explain(observed, expected);
}
