import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/report/json.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { parseReport, reportSchema } from '../../src/report/schema.ts';
import { InputError } from '../../src/util/errors.ts';
import { fixture, nothingFound, root, runText } from './fixture.ts';

const style = { width: 80, paint: plainPaint };
const schema = JSON.parse(readFileSync(join(root, 'src/report/run-report.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: true, formats: { date: true, 'date-time': true } }).compile(schema);

describe('the schema of the report', () => {
  it('is the one that the code makes: npm run schema writes it anew', () =>
    expect(schema).toEqual(JSON.parse(reportSchema())));

  it.each([
    ['with clusters', fixture],
    ['with nothing found', nothingFound],
  ])('describes a report %s', (_name, report) => {
    expect(validate(JSON.parse(json.render(report, style))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['another level', { ...fixture, clusters: [{ ...fixture.clusters[0], level: 'certain' }] }],
    ['a score above 1', { ...fixture, clusters: [{ ...fixture.clusters[0], score: 1.2 }] }],
    ['a key that is not in the contract', { ...fixture, verdict: 'guilty' }],
    ['another version', { ...fixture, schemaVersion: 2 }],
  ])('refuses %s', (_name, report) => expect(validate(report)).toBe(false));
});

describe('json', () => {
  it('gives the same bytes for a saved run', () => expect(json.render(fixture, style)).toBe(runText));

  it('puts keys in the order of the contract', () => {
    const reversed = JSON.stringify(fixture, (_key, value) =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      !('model-large' in value) &&
      !('no account' in value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    );
    expect(reversed).not.toBe(JSON.stringify(fixture));
    expect(json.render(parseReport(reversed, 'x'), style)).toBe(runText);
  });

  it('rounds fractions to six significant digits and leaves counts alone', () => {
    const [first] = fixture.clusters;
    if (first === undefined) throw new Error('the fixture has a cluster');
    const tokens = { input: 123_456_789_012, output: 1 };
    const text = json.render(
      { ...fixture, clusters: [{ ...first, score: 1 / 3, expectedFalse: 1.23456789e-9, tokens }] },
      style,
    );
    expect(text).toContain('"score": 0.333333,');
    expect(text).toContain('"expectedFalse": 1.23457e-9,');
    expect(text).toContain('"input": 123456789012,');
    expect(text.endsWith('}\n')).toBe(true);
  });
});

describe('a saved run', () => {
  it.each([
    ['no JSON', '{', /not JSON/],
    ['something else', '[]', /not a saved run \(the whole/],
    ['an older version', '{"schemaVersion": 0}', /schemaVersion/],
    ['half a run', JSON.stringify({ ...fixture, clusters: [{}] }), /clusters\.0\./],
  ])('is refused in one line where the file holds %s', (_name, text, message) => {
    expect(() => parseReport(text, 'run.json')).toThrow(InputError);
    expect(() => parseReport(text, 'run.json')).toThrow(message);
  });
});
