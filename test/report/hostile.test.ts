import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/report/csv.ts';
import { json } from '../../src/report/json.ts';
import { markdown } from '../../src/report/markdown.ts';
import { ndjson } from '../../src/report/ndjson.ts';
import { reporters } from '../../src/report/registry.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { table } from '../../src/report/table.ts';
import { nothingFound } from './fixture.ts';
import { poison } from './poison.ts';

const hostile = '\u001b[2J\u009b31m\u202egnp.exe\u200b\u0000\u2066x\ufeff\r\n\t\u0007';
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

describe('hostile texts', () => {
  it.each([80, 200])('cannot act on a terminal of %i columns', (width) => {
    for (const report of [poison(hostile), { ...poison(hostile), clusters: [], totals: nothingFound.totals }]) {
      const text = table.render(report, { width, paint: plainPaint });
      expect(text).not.toMatch(acting);
      expect(text).toContain('\\u001b[2J\\u009b31m\\u202egnp.exe\\u200b\\u0000');
    }
  });

  it('cannot add lines of their own', () => {
    const quiet = table.render(poison('x'), { width: 400, paint: plainPaint });
    const loud = table.render(poison('x\ny'), { width: 400, paint: plainPaint });
    expect(loud.split('\n').length).toBe(quiet.split('\n').length);
  });

  it('cannot fill the screen', () => {
    const text = table.render(poison('k'.repeat(10_000)), { width: 80, paint: plainPaint });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(400);
  });
});

describe('hostile texts in every format', () => {
  const style = { width: 80, paint: plainPaint };

  it.each(reporters.map(({ format, render }) => ({ format, render })))('act on no terminal: $format', ({ render }) => {
    expect(render(poison(hostile), style)).not.toMatch(acting);
  });

  it('come back from JSON as they were', () => {
    const odd = `${hostile}\u{e0001}\ud800`;
    expect(JSON.parse(json.render(poison(odd), style)).inputs[0].path).toBe(odd);
    const [line = ''] = ndjson.render(poison(odd), style).split('\n');
    expect(JSON.parse(line).counterEvidence).toEqual([odd]);
  });

  it.each(['=1+1', '+1', '-1', '@x', ' =1', '\u200b=1', '\t=1', '\uff1d1', '\n=1'])('are no formula: %j', (text) => {
    const rows: string[][] = parse(csv.render(poison(text), style));
    const cells = rows.slice(1).flatMap((row) => row.slice(16, 19));
    expect(cells.length).toBeGreaterThan(0);
    for (const cell of cells) expect(cell).not.toMatch(/^[\s\p{Cf}]*[=+\-@\uff1d]/u);
  });

  it.each([
    '@org/team #1 GH-2 https://x.example www.x.example a@b.example',
    '[a](javascript:x) ![b](http://x) <script>alert(1)</script> &lt; &#64;',
    '``` `` ` | \\| **b** _i_ ~~s~~ $x$ :smile:',
    '`',
    '# h',
    '- x',
    'x: y.z',
  ])('are only words or code in Markdown: %j', (text) => {
    const outside = withoutCode(markdown.render(poison(text), style));
    const ours = withoutCode(markdown.render(poison('x'), style));
    expect(outside).not.toMatch(/[@<>[\]&$\\~_`]|GH-|www|https?:|:[a-z]|\w[.:][a-z]/);
    expect(outside.match(/^#/gm)).toEqual(ours.match(/^#/gm));
    expect(outside.match(/^ *- /gm)).toEqual(ours.match(/^ *- /gm));
  });
});

/** Markdown without its code spans, as CommonMark finds them: from a run of backticks to the next run of the same length. */
function withoutCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}
