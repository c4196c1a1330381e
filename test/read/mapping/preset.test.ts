import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInPresets, namedPresets } from '../../../src/read/mapping/catalogue.ts';
import { KnownError } from '../../../src/util/errors.ts';
import { withDirectory } from '../../support/world.ts';

const presets = builtInPresets();

/** The message and hint of what a preset file is refused with. */
async function refusal(content: string): Promise<string> {
  return withDirectory(async (directory) => {
    const path = join(directory, 'own.json');
    writeFileSync(path, content);
    try {
      namedPresets([path], presets);
    } catch (error) {
      if (error instanceof KnownError) return `${error.message}; ${error.hint}`.replace(path, 'own.json');
      throw error;
    }
    return 'accepted';
  });
}

const own = {
  name: 'own',
  title: 'Our gateway',
  grade: 'user',
  source: 'us',
  grain: 'request',
  columns: { required: ['when', 'who'] },
  account: { who: 'who' },
  mapping: { timestamp: 'when' },
};

describe('presets', () => {
  it('are each in a file of their name, sorted', () => {
    const files = readdirSync(join(import.meta.dirname, '../../../src/read/presets'));
    expect(presets.map(({ name }) => `${name}.json`)).toEqual(files.sort());
  });
  it('join formats that exist', () => {
    const names = presets.map(({ name }) => name);
    for (const { join } of presets) for (const { preset } of join) expect(names).toContain(preset);
  });
  it('that are no side tables have a time', () => {
    const timeless = presets.filter(({ refusal, mapping }) => refusal === undefined && mapping.timestamp === undefined);
    expect(timeless).toEqual([]);
  });
  it('of their own are taken from a file', async () => expect(await refusal(JSON.stringify(own))).toBe('accepted'));
  it.each([
    ['{', /^own\.json: is no JSON: /],
    [JSON.stringify({ ...own, mapping: { when: 'x' } }), /^own\.json: mapping: .*"when"/],
    [JSON.stringify({ ...own, grain: 'row' }), /^own\.json: grain: .*request/],
    [
      JSON.stringify({ ...own, mapping: { timestamp: { epoch: 'when', unit: 'h' } } }),
      /^own\.json: mapping\.timestamp/,
    ],
    [JSON.stringify({ ...own, colour: 1 }), /^own\.json: the preset: .*colour/],
  ])('are refused with file and place: %s', async (content, message) =>
    expect(await refusal(content)).toMatch(message),
  );
  it('that are not known are named with their likeness', () =>
    expect(() => namedPresets(['litelm_spendlogs'], presets)).toThrow(/--preset litelm_spendlogs: no such preset/));
});
