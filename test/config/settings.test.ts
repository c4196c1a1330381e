import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configFileName, readSettings, type SettingSources } from '../../src/config/settings.ts';
import { KnownError } from '../../src/util/errors.ts';
import { withDirectory } from '../support/world.ts';

/** Settings where a file, variables and flags say these things; the working directory is two below the file's. */
async function settings(file: unknown, sources: Partial<SettingSources> = {}) {
  return withDirectory(async (directory) => {
    const workingDirectory = join(directory, 'a', 'b');
    mkdirSync(workingDirectory, { recursive: true });
    if (file !== undefined) {
      writeFileSync(join(directory, configFileName), typeof file === 'string' ? file : JSON.stringify(file));
    }
    const read = await readSettings({ flags: {}, environment: {}, workingDirectory, ...sources });
    return { ...read, directory };
  });
}

const failure = (file: unknown, sources: Partial<SettingSources> = {}): Promise<string> =>
  settings(file, sources).then(
    () => 'nothing was refused',
    (error) => (error instanceof KnownError ? `${error.message}; ${error.hint}` : String(error)),
  );

describe('a setting', () => {
  const file = { seed: 2, inputTz: 'Asia/Tokyo', failOn: 'low', tolerant: true };
  const environment = { STILLHUNT_SEED: '3', STILLHUNT_INPUT_TZ: 'Europe/Berlin' };

  it('comes from the flag, else the environment, else the file, else the default', async () => {
    const { values } = await settings(file, { environment, flags: { seed: '4' } });
    expect(values).toMatchObject({
      seed: 4,
      inputTz: 'Europe/Berlin',
      failOn: 'low',
      tolerant: true,
      profile: 'balanced',
    });
  });

  it('in the environment is a word, and an empty one says nothing', async () => {
    const words = {
      STILLHUNT_TOLERANT: 'false',
      STILLHUNT_QUIET: '1',
      STILLHUNT_FAIL_ON: '',
      STILLHUNT_MAP: 'ip=a,asn=b',
    };
    const { values } = await settings(file, { environment: words });
    expect(values).toMatchObject({ tolerant: false, quiet: true, failOn: 'low', map: ['ip=a', 'asn=b'] });
  });

  it('may be an object where it is a list of pairs', async () => {
    const { values } = await settings({ map: { account_id: 'user' }, param: { 'co-activity.slotSeconds': 60 } });
    expect(values).toMatchObject({ map: ['account_id=user'], param: ['co-activity.slotSeconds=60'] });
  });

  it('that names a file is relative to the configuration file', async () => {
    const { values, directory } = await settings({ tempDir: 'spill' });
    expect(values.tempDir).toBe(join(directory, 'spill'));
  });
});

describe('the configuration file', () => {
  it('is the one named, or else the nearest', async () => {
    await withDirectory(async (directory) => {
      const other = join(directory, 'other.json');
      writeFileSync(other, '{"seed": 9}');
      expect((await settings({ seed: 2 }, { flags: { config: other } })).values.seed).toBe(9);
      expect((await settings({ seed: 2 }, { environment: { STILLHUNT_CONFIG: other } })).values.seed).toBe(9);
      expect((await settings({ seed: 2 })).values.seed).toBe(2);
    });
  });
});

describe('what is wrong is refused with its place', () => {
  it.each([
    [{ failon: 'high' }, /stillhunt\.config\.json: no setting failon; did you mean failOn\?/],
    [{ maxRejectRate: 7 }, /stillhunt\.config\.json: maxRejectRate 7: expected a share/],
    [{ profile: 'lax' }, /stillhunt\.config\.json: profile "lax"/],
    [{ map: 7 }, /map 7: expected pairs name=value/],
    [[1], /not an object of settings/],
    ['{', /not JSON/],
  ])('%j in the file', async (file, message) => expect(await failure(file)).toMatch(message));

  it('in the environment', async () =>
    expect(await failure(undefined, { environment: { STILLHUNT_SEED: 'x' } })).toMatch(
      /^STILLHUNT_SEED "x": expected/,
    ));

  it('on the command line', async () =>
    expect(await failure({ seed: 1 }, { flags: { seed: 'x' } })).toMatch(/^--seed "x": expected/));

  it('where the file named is gone', async () =>
    expect(await failure(undefined, { flags: { config: 'gone.json' } })).toMatch(/^gone\.json: cannot be read/));

  it('as a warning where the variable may be somebody else’s', async () => {
    const { warnings } = await settings(undefined, { environment: { STILLHUNT_FAILON: 'high' } });
    expect(warnings).toEqual(['STILLHUNT_FAILON is no setting and changes nothing; did you mean STILLHUNT_FAIL_ON?']);
  });
});
