import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownError } from '../../src/util/errors.ts';
import { withDirectory } from '../support/world.ts';
import { Harness } from './fuzz/harness.ts';
import { damage, mutations } from './fuzz/mutations.ts';
import { type Subject, subjects } from './fuzz/subjects.ts';

/** `npm run fuzz` asks for many more. */
const cases = Number(process.env.FUZZ_CASES ?? 1200);
const seed = Number(process.env.FUZZ_SEED ?? 7);
const slowestMs = 20_000;

/** Rows that stand in the damaged file as they stood in the original. */
function untouched({ rowTexts, separator }: Subject, bytes: Buffer): string[] {
  const text = `\n${bytes.toString('utf8')}\n`;
  return [...rowTexts].flatMap(([account, row]) => {
    const place = text.indexOf(row);
    const isWhole =
      place > 0 && separator.test(text[place - 1] ?? '') && separator.test(text[place + row.length] ?? '');
    return isWhole ? [account] : [];
  });
}

it(
  `reads ${cases} damaged files without a crash, and every untouched row is used or some row rejected for it`,
  async () => {
    await withDirectory(async (directory) => {
      const harness = new Harness(directory);
      const position = fc.nat(subjects.length - 1);
      await fc.assert(
        fc.asyncProperty(position, mutations, fc.boolean(), fc.nat(19), async (which, damages, tolerant, luck) => {
          const original = subjects[which];
          if (original === undefined) throw new RangeError('no such subject');
          const bytes = damage(
            original.bytes,
            damages.filter(({ kind }) => kind === 'cut' || !original.isOnlyCut),
          );
          // What follows broken JSON is not read with --tolerant, which says so.
          const isTolerant = tolerant && !original.name.endsWith('.json');
          const startedMs = performance.now();
          const outcome = await harness.read(original.name, bytes, {
            tolerant: isTolerant,
            preset: luck === 0 ? [] : ['none'],
          });
          expect(performance.now() - startedMs).toBeLessThan(slowestMs);
          if (outcome instanceof KnownError) {
            expect(outcome.hint).not.toBe('');
            return;
          }
          const lost = untouched(original, bytes).filter((account) => !outcome.accounts.includes(account));
          expect(lost.length).toBeLessThanOrEqual(outcome.rejected);
        }),
        { numRuns: cases, seed, endOnFailure: process.env.FUZZ_CASES !== undefined },
      );
      await harness.close();
    });
  },
  cases * 1000,
);
