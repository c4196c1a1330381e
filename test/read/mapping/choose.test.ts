import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sql } from '../../../src/engine/sql.ts';
import { read } from '../../../src/read/read.ts';
import { KnownError } from '../../../src/util/errors.ts';
import { fixtures, withContext, withDirectory } from '../../support/world.ts';

const sample = (preset: string, name = 'sample.csv') => join(fixtures, 'presets', preset, name);

interface Opened {
  readonly presets: readonly (string | null)[];
  readonly confidences: readonly (number | undefined)[];
  readonly accounts: readonly (string | null)[];
  readonly warnings: readonly string[];
}

function open(paths: readonly string[], options: object = {}): Promise<Opened> {
  return withContext(options, async (context, events) => {
    const { inputs, formats } = await read(context, paths);
    const rows = await context.engine.query(sql`SELECT account_id::VARCHAR AS account FROM raw_calls ORDER BY ALL`);
    return {
      presets: inputs.map(({ realPath }) => formats.get(realPath)?.preset ?? null),
      confidences: inputs.map(({ realPath }) => formats.get(realPath)?.confidence),
      accounts: [...rows].map(({ account }) => account),
      warnings: events.flatMap((event) => (event.kind === 'warning' ? [event.text.replace(/^.*\//, '')] : [])),
    };
  });
}

async function refusal(paths: readonly string[], options: object = {}): Promise<string> {
  try {
    await open(paths, options);
  } catch (error) {
    if (error instanceof KnownError) return `${error.message}; ${error.hint}`;
    throw error;
  }
  return 'accepted';
}

describe('the account', () => {
  it('is the first that a row has, and that is said', async () => {
    const { accounts, warnings } = await open([sample('litellm_spendlogs')]);
    expect(accounts).toEqual(['customer-7', 'team-2', 'u-ada']);
    expect(warnings).toEqual([
      'sample.csv: litellm_spendlogs: the account is end_user, else user, else team, else key; --account takes one of them only',
    ]);
  });
  it('is the one that was asked for', async () => {
    const { accounts, warnings } = await open([sample('litellm_spendlogs')], { account: 'user' });
    expect(accounts).toEqual(['u-ada', 'u-ada', null]);
    expect(warnings).toEqual([]);
  });
  it('that no input has is refused with those there are', async () =>
    expect(await refusal([sample('litellm_spendlogs')], { account: 'tenant' })).toBe(
      '--account tenant: the inputs have no such account; they have end_user, user, team, key',
    ));
  it('is what --map says, also inside JSON', async () => {
    const map = ['account_id=metadata.user_agent'];
    const { accounts, warnings } = await open([sample('litellm_spendlogs')], { map });
    expect(accounts).toEqual(['example-client/1.4', 'example-client/1.4', null]);
    expect(warnings).toEqual([]);
  });
});

describe('the preset', () => {
  it('is sure where all that it knows is there', async () => {
    const { confidences } = await open([sample('openrouter_activity_csv')]);
    expect(confidences).toEqual([1]);
  });
  it('gives way to canonical names where none fits', async () =>
    expect((await open([join(fixtures, 'read/union/monday.csv')])).presets).toEqual([null]));
  it('none at all is used if so told', async () =>
    expect((await open([sample('one_api_logs')], { preset: ['none'] })).presets).toEqual([null]));
  it('that is forced is used whether or not it fits', async () => {
    const { presets, warnings } = await open([sample('new_api_logs')], { preset: ['one_api_logs'] });
    expect(presets).toEqual(['one_api_logs']);
    expect(warnings.join()).toContain('the account is user');
  });
  it('of which there is little is doubted', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(path, 'when,who\n2026-02-03,ada\n');
      const own = {
        name: 'own',
        title: 'Own',
        grade: 'user',
        source: 'us',
        grain: 'request',
        columns: { required: ['when', 'where', 'which', 'why'] },
        account: { who: 'who' },
        mapping: { timestamp: 'when', ip: 'address' },
      };
      writeFileSync(join(directory, 'own.json'), JSON.stringify(own));
      const { warnings, accounts } = await open([path], { preset: [join(directory, 'own.json')] });
      expect(warnings).toEqual(['log.csv: read as own, of which it has 43 %; --preset or --map can change that']);
      expect(accounts).toEqual(['ada']);
    });
  });
  it('that a file nearly fits is named', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(path, 'generation_id,created_at,model_permaslug,provider_name,tokens_prompt\n1,2026-02-03,m,p,3\n');
      expect(await refusal([path])).toContain(
        'it resembles openrouter_activity_csv without tokens_completion: --preset openrouter_activity_csv reads it so; or say',
      );
    });
  });
  it('of accounts alone is refused', async () =>
    expect(await refusal([sample('new_api_users')])).toContain('scan a log and give this file with --join'));
});

it('several formats are one log', async () => {
  const { accounts, presets } = await open([sample('openrouter_activity_csv'), sample('one_api_logs')]);
  expect(presets).toEqual(['openrouter_activity_csv', 'one_api_logs']);
  expect(accounts).toEqual(['7', '8', '8', 'batch', 'customer-3']);
});
