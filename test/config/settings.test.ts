import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanSettings } from '../../src/config/options.ts';
import { configFileNames, readSettings, type SettingSources } from '../../src/config/settings.ts';
import { KnownError } from '../../src/util/errors.ts';
import { withDirectory } from '../support/world.ts';

/** Settings where a file, variables and flags say these things; the working directory is two below the file's. */
async function settings(file: unknown, sources: Partial<SettingSources> = {}, name: string = configFileNames[0]) {
  return withDirectory(async (directory) => {
    const workingDirectory = join(directory, 'a', 'b');
    mkdirSync(workingDirectory, { recursive: true });
    if (file !== undefined) {
      writeFileSync(join(directory, name), typeof file === 'string' ? file : JSON.stringify(file));
    }
    const read = await readSettings(scanSettings, 'scan', { flags: {}, environment: {}, workingDirectory, ...sources });
    return { ...read, directory };
  });
}

const failure = (file: unknown, sources: Partial<SettingSources> = {}, name?: string): Promise<string> =>
  settings(file, sources, name).then(
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

describe('a configuration file in TOML', () => {
  it('says the same as one in JSON', async () => {
    const toml = 'failOn = "high"\nseed = 7\n\n[map]\naccount_id = "user"\n';
    const { values } = await settings(toml, {}, 'stillhunt.config.toml');
    expect(values).toMatchObject({ failOn: 'high', seed: 7, map: ['account_id=user'] });
  });

  it.each([
    ['failon = "high"', /stillhunt\.config\.toml: no setting failon; did you mean failOn\?/],
    ['failOn = ', /stillhunt\.config\.toml: not TOML \([^\n]+\); see/],
  ])('is refused where it is wrong: %s', async (toml, message) =>
    expect(await failure(toml, {}, 'stillhunt.config.toml')).toMatch(message),
  );

  it('is no second one beside JSON', async () => {
    await withDirectory(async (workingDirectory) => {
      for (const name of configFileNames) writeFileSync(join(workingDirectory, name), '');
      await expect(
        readSettings(scanSettings, 'scan', { flags: {}, environment: {}, workingDirectory }),
      ).rejects.toThrow(/there are two configuration files/);
    });
  });
});

describe('what is wrong is refused with its place', () => {
  it.each([
    [{ failon: 'high' }, /stillhunt\.config\.json: no setting failon; did you mean failOn\?/],
    [{ maxRejectRate: 7 }, /stillhunt\.config\.json: maxRejectRate 7: expected a share/],
    [{ profile: 'lax' }, /stillhunt\.config\.json: profile "lax"/],
    [{ map: 7 }, /map 7: expected pairs name=value/],
    [{ tz: 'Mars/Olympus' }, /tz "Mars\/Olympus": no such time zone/],
    [{ verbose: 3 }, /verbose 3: expected 0, 1 or 2/],
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
