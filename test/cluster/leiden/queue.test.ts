import { describe, expect, it } from 'vitest';
import { Queue } from '../../../src/cluster/leiden/queue.ts';

describe('Queue', () => {
  it('gives numbers in the order in which they were put, round its end', () => {
    const queue = new Queue(Int32Array.of(2, 0, 1));
    const taken = [queue.take(), queue.take()];
    queue.put(0);
    queue.put(2);
    while (queue.waiting > 0) taken.push(queue.take());
    expect(taken).toEqual([2, 0, 1, 0, 2]);
  });

  it('knows which numbers wait', () => {
    const queue = new Queue(Int32Array.of(1, 0));
    queue.take();
    expect([queue.has(0), queue.has(1)]).toEqual([true, false]);
    queue.put(1);
    expect(queue.has(1)).toBe(true);
  });
});
