import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgressTracker, progressLine } from '../../src/cli/progress.ts';
import { fixtures } from '../support/world.ts';
import { stillhunt } from './streams.ts';

const export_ = join(fixtures, 'detectors/shared-payment/positive.csv');

/** A tracker with a clock and an engine that the test turns. */
function tracked() {
  const state = { ms: 0, share: undefined as number | undefined };
  const tracker = new ProgressTracker(
    () => state.ms,
    () => state.share,
  );
  return { state, tracker };
}

describe('progress', () => {
  it('never goes back, from stage to stage and statement to statement', () => {
    const { state, tracker } = tracked();
    const shares: number[] = [];
    for (const stage of ['read', 'normalise', 'measure', 'link', 'cluster', 'score', 'report']) {
      tracker.enter(stage);
      for (const share of [undefined, 0.1, 0.9, 0.2]) {
        state.share = share;
        shares.push(tracker.now().share ?? -1);
      }
    }
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(shares.at(-1)).toBeGreaterThan(0.97);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('knows how long prompts take', () => {
    const { state, tracker } = tracked();
    tracker.enter('read');
    tracker.expectTexts();
    tracker.enter('normalise');
    tracker.enter('mine');
    state.share = 0.5;
    expect(tracker.now().share).toBeCloseTo(0.3, 2);
    for (const stage of ['measure', 'link', 'cluster', 'score', 'report']) tracker.enter(stage);
    state.share = 1;
    expect(tracker.now().share).toBeCloseTo(1, 2);
  });

  it('tells rows a second and the time left from the share that is done', () => {
    const { state, tracker } = tracked();
    tracker.enter('read');
    tracker.enter('normalise');
    state.share = 0.92;
    state.ms = 4_000;
    tracker.count(1_000_000);
    expect(progressLine(tracker.now())).toBe('normalise [#######-------------]  35 %  88,000 rows/s  8 s left');
  });

  it('guesses nothing at the start, nor where the stages that come are not known', () => {
    const { state, tracker } = tracked();
    tracker.enter('read');
    state.ms = 61_000;
    expect(progressLine(tracker.now())).toBe('read      [--------------------]   0 %  1 min 1 s so far');
    tracker.enter('day 3 of 28');
    expect(progressLine(tracker.now())).toBe('day 3 of 28 1 min 1 s so far');
  });
});

describe('while a scan runs', () => {
  const lines = (stderr: string) => stderr.trimEnd().split('\n');

  it('a pipe gets nothing', async () => expect((await stillhunt([export_])).stderr).toBe(''));

  it('a terminal gets a bar that is gone in the end, and fits', async () => {
    const { stderr } = await stillhunt([export_], { isTTY: true, columns: 40 });
    expect(stderr).toContain('normalise [');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
    expect(Math.max(...stderr.split('\r\u001b[K').map((line) => line.length))).toBeLessThan(40);
  });

  it.each([[['-q']], [['--no-progress']], [['--progress', 'none']]])('a terminal gets none with %j', async (flags) => {
    expect((await stillhunt([export_, ...flags], { isTTY: true })).stderr).toBe('');
  });

  it('--progress ndjson gives objects only, messages too', async () => {
    const { stderr } = await stillhunt([export_, '--progress', 'ndjson', '-v']);
    const kinds = new Set(lines(stderr).map((line) => JSON.parse(line).kind));
    expect([...kinds].sort()).toEqual(['message', 'progress']);
    const failed = await stillhunt(['gone.csv', '--progress', 'ndjson']);
    expect(JSON.parse(lines(failed.stderr).at(-1) ?? '')).toEqual({
      kind: 'message',
      text: 'gone.csv: no such file; check the path',
    });
  });
});
