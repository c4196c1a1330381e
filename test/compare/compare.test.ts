import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/compare/compare.ts';
import { comparisonFormats } from '../../src/compare/formats.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { named, runOf } from './runs.ts';

type Members = readonly (readonly string[])[];

const compare = (old: Members, next: Members) =>
  compareRuns(runOf(old.map((ids) => ({ ids }))), runOf(next.map((ids) => ({ ids }))));

describe('a cluster', () => {
  const a = named('a', 0, 10);
  const b = named('b', 0, 10);
  it.each<[string, Members, Members]>([
    ['new', [], [a]],
    ['gone', [a], []],
    ['unchanged', [a], [a]],
    ['grown', [a], [[...a, ...named('n', 0, 30)]]],
    ['shrunk', [a], [a.slice(0, 3)]],
    ['changed', [a], [[...a.slice(1), 'z']]],
    ['merged', [a, b], [[...a, ...b]]],
    ['split', [[...a, ...b]], [a, b]],
    [
      'regrouped',
      [a, [...b, 'x', 'y']],
      [
        [...a, ...b.slice(0, 7)],
        [...b.slice(5), 'x', 'y'],
      ],
    ],
  ])('is %s', (kind, old, next) => {
    const { changes } = compare(old, next);
    expect(changes.map(({ change }) => change)).toEqual([kind]);
  });

  it('is another one where less than half of the smaller is in the larger', () => {
    const { changes } = compare([a], [[...a.slice(0, 4), ...named('n', 0, 20)]]);
    expect(changes.map(({ change }) => change)).toEqual(['new', 'gone']);
  });

  it('says who joined, who left and how alike both sides are', () => {
    const [change] = compare([a], [[...a.slice(1), 'z']]).changes;
    expect(change).toMatchObject({ joined: ['z'], left: ['a00'] });
    expect(change?.similarity).toBeCloseTo(9 / 11);
  });
});

describe('a comparison', () => {
  const clusters = fc.array(fc.uniqueArray(fc.nat(40).map(String), { minLength: 3, maxLength: 12 }), { maxLength: 5 });

  it('with itself finds every cluster unchanged, where clusters are apart', () => {
    const apart = [named('a', 0, 5), named('b', 0, 4), named('c', 0, 3)];
    expect(compare(apart, apart).changes.map(({ change }) => change)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });

  it('tells each cluster of either run once, and backwards what joined has left', () => {
    fc.assert(
      fc.property(clusters, clusters, (old, next) => {
        const forth = compare(old, next);
        expect(forth.changes.flatMap((change) => change.old.map(({ rank }) => rank)).sort()).toEqual(
          old.map((_, position) => position + 1),
        );
        expect(forth.changes.flatMap((change) => change.new.map(({ rank }) => rank)).sort()).toEqual(
          next.map((_, position) => position + 1),
        );
        const moved = (side: 'joined' | 'left', run: typeof forth) => run.changes.flatMap((one) => one[side]).sort();
        expect(moved('joined', forth)).toEqual(moved('left', compare(next, old)));
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('of runs with other aliases is refused', () => {
    const run = runOf([{ ids: named('a', 0, 5) }]);
    expect(() => compareRuns({ ...run, redaction: '00000000' }, run)).toThrow(/different names/);
  });
});

describe('formats', () => {
  const hostile = ['=cmd()', '\u001b[2J', '!<b>[x](y)', ...named('n', 0, 9)];
  const comparison = compare([named('a', 0, 10), named('g', 0, 4)], [[...named('a', 0, 10), ...hostile]]);
  const render = (format: string) =>
    comparisonFormats.find((one) => one.format === format)?.render(comparison, { width: 80, paint: plainPaint }) ?? '';

  it('table fits 80 columns and names who joined', () => {
    const text = render('table');
    expect(text).toContain('2 clusters then, 1 now: 1 grown, 1 gone.');
    expect(text).toContain('and 7 more');
    expect(text).toContain('\\u001b[2J');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('json and ndjson hold every change whole', () => {
    expect(JSON.parse(render('json')).changes).toEqual(
      render('ndjson')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    expect(JSON.parse(render('json')).changes[0].joined).toHaveLength(12);
  });

  it('csv has a row a change, all of the same width', () => {
    const rows = render('csv')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows.map((row) => row.length)).toEqual([12, 12, 12]);
    expect(rows[1]?.[0]).toBe('grown');
  });

  it('markdown leaves hostile names in code', () => {
    expect(render('markdown')).toContain('`!<b>[x](y)`');
    expect(render('markdown')).not.toContain('\u001b');
  });

  it('none of them lets a name act on a terminal', () => {
    for (const { format } of comparisonFormats) expect(render(format)).not.toMatch(/\u001b/);
  });
});
