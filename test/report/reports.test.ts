import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.ts';
import { csv } from '../../src/report/csv.ts';
import { json } from '../../src/report/json.ts';
import { markdown } from '../../src/report/markdown.ts';
import { ndjson } from '../../src/report/ndjson.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { parseReport, reportSchema } from '../../src/report/schema.ts';
import { table } from '../../src/report/table.ts';
import { fixtures } from '../support/world.ts';

const text = readFileSync(join(fixtures, 'report/run.json'), 'utf8');
const run = parseReport(text, 'run.json');

describe('table', () => {
  it.each([80, 200])('at %i columns', async (width) => {
    const rendered = table.render(run, { width, paint: plainPaint });
    expect(Math.max(...rendered.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    await expect(rendered).toMatchFileSnapshot(`../golden/table-${width}.txt`);
  });

  it('says what an empty result may come from', () => {
    const empty: RunReport = {
      ...run,
      clusters: [],
      detectors: run.detectors.map((one) => ({ ...one, state: 'skipped', reason: 'no ip in the input' })),
    };
    expect(table.render(empty, { width: 200, paint: plainPaint })).toContain('4 detectors could not run');
  });

  it('lets nothing from a log act on the terminal', () => {
    const first = run.clusters[0];
    if (first === undefined) throw new Error('the fixture has a cluster');
    const evidence = first.evidence.map((one) => ({ ...one, summary: 'x\u001b[2J\u202ey' }));
    const hostile = {
      ...run,
      clusters: [{ ...first, evidence }],
      inputs: run.inputs.map((one) => ({ ...one, path: 'a\u001b]0;b' })),
    };
    expect(table.render(hostile, { width: 80, paint: plainPaint })).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('json', () => {
  it('follows its schema', () => {
    const validate = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } }).compile(
      JSON.parse(reportSchema()),
    );
    validate(JSON.parse(json.render(run, { width: 80, paint: plainPaint })));
    expect(validate.errors).toBeNull();
  });

  it('is the same again after a round trip', () =>
    expect(json.render(run, { width: 80, paint: plainPaint })).toBe(text));

  it('has its schema beside it', () => {
    expect(readFileSync(join(import.meta.dirname, '../../src/report/run-report.schema.json'), 'utf8')).toBe(
      reportSchema(),
    );
  });

  it('says in one line what is wrong with a file that is no run', () => {
    expect(() => parseReport('{"schemaVersion":2}', 'x.json')).toThrow(/^x\.json: not a saved run \(schemaVersion: /);
  });
});

describe.each([csv, ndjson, markdown])('$format', ({ format, extensions, render }) => {
  const style = { width: 80, paint: plainPaint };

  it('looks as it did', async () => {
    await expect(render(run, style)).toMatchFileSnapshot(`../golden/report-${format}${extensions[0]}`);
  });

  it('says little where nothing was found, and is no broken file', async () => {
    const nothing = render({ ...run, clusters: [] }, style);
    expect(nothing).toMatch(
      { csv: /^rank,.*\n$/, ndjson: /^$/, markdown: /^## No suspect cluster.*\n\n- / }[format] ?? /^\b$/,
    );
  });
});

describe('ndjson', () => {
  it('is one cluster a line, as in the JSON report', () => {
    const lines = ndjson.render(run, { width: 80, paint: plainPaint }).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(text).clusters);
  });
});

describe('markdown', () => {
  it('stays within what an issue may hold', () => {
    const clusters = Array.from({ length: 400 }, (_, row) => run.clusters.map((one) => ({ ...one, rank: row }))).flat();
    expect(markdown.render({ ...run, clusters }, { width: 80, paint: plainPaint }).length).toBeLessThan(60_000);
  });
});
