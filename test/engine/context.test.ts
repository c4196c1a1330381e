import { expect, it } from 'vitest';
import { breather } from '../../src/engine/context.ts';

/** Computes for a while, breathing now and then; true if a timer had its turn meanwhile. */
async function compute(breathe: () => Promise<void>): Promise<boolean> {
  let isTimerDone = false;
  const timer = setTimeout(() => {
    isTimerDone = true;
  }, 5);
  try {
    const endMs = performance.now() + 200;
    while (performance.now() < endMs) await breathe();
    return isTimerDone;
  } finally {
    clearTimeout(timer);
  }
}

it('a breath gives timers and signals their turn, which an await alone does not', async () => {
  expect(await compute(async () => {})).toBe(false);
  expect(await compute(breather())).toBe(true);
});

it('a breath ends what was told to stop', async () => {
  const stopped = breather(() => {
    throw new Error('stopped');
  });
  await expect(compute(stopped)).rejects.toThrow('stopped');
});
