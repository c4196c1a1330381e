import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type Interruption, interruptible } from '../../src/cli/interruption.ts';
import { withDirectory } from '../support/world.ts';

const bin = join(import.meta.dirname, '../../bin/stillhunt.js');

/** An action that a signal meets while it waits for `onStop`. */
async function waiting(interruption: Interruption, signal: NodeJS.Signals): Promise<never> {
  const stopped = new Promise<void>((resolve) => interruption.onStop(resolve));
  process.kill(process.pid, signal);
  await stopped;
  interruption.check();
  throw new Error('check has to throw');
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s stops the action and gives %i', async (signal, code) => {
    expect(await interruptible((interruption) => waiting(interruption, signal))).toBe(code);
    expect(process.listenerCount(signal)).toBe(0);
  });

  it('reaches who comes late at once', async () => {
    let isStopped = false;
    await interruptible(async (interruption) => {
      interruption.stop(130);
      interruption.onStop(() => {
        isStopped = true;
      });
      return 0;
    });
    expect(isStopped).toBe(true);
  });

  it('is not what other errors are taken for', async () => {
    await expect(interruptible(() => Promise.reject(new Error('other')))).rejects.toThrow('other');
  });

  it('ends what would wait for ever', async () => {
    const startedMs = performance.now();
    const code = await interruptible((interruption) => {
      setTimeout(() => process.kill(process.pid, 'SIGINT'), 20);
      return interruption.limit(new Promise<never>(() => {}));
    });
    expect(code).toBe(130);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });

  it('leaves nothing of a world that is half written', async () => {
    await withDirectory(async (directory) => {
      const world = join(directory, 'world');
      const args = [bin, 'simulate', world, '--scale', '0.02', '--temp-dir', directory];
      const child = spawn(process.execPath, args, { stdio: 'ignore' });
      const code = new Promise((resolve) => child.once('exit', resolve));
      const files = join(world, '.unfinished', 'calls');
      await vi.waitUntil(() => existsSync(files) && readdirSync(files).length > 0, { timeout: 30_000 });
      child.kill('SIGINT');
      expect(await code).toBe(130);
      expect(readdirSync(directory)).toEqual([]);
    });
  });

  it('leaves nothing behind where standard input never ends', async () => {
    await withDirectory(async (directory) => {
      const args = [bin, '-', '-o', join(directory, 'run.json'), '--temp-dir', directory];
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'ignore'] });
      const code = new Promise((resolve) => child.once('exit', resolve));
      await vi.waitUntil(() => readdirSync(directory).length === 2, { timeout: 10_000 });
      child.kill('SIGINT');
      expect(await code).toBe(130);
      expect(readdirSync(directory)).toEqual([]);
    });
  });
});
