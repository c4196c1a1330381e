import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { toInstant } from '../../src/normalise/instant.ts';
import { builtInPresets } from '../../src/read/mapping/catalogue.ts';
import { read } from '../../src/read/read.ts';
import { KnownError } from '../../src/util/errors.ts';
import { fixtures, normaliseAll, withContext } from '../support/world.ts';

const directory = join(fixtures, 'presets');
const folders = readdirSync(directory).sort();

/** What the samples of a folder are read as: presets by file, canonical rows without their NULLs, and what is no row. */
async function understood(folder: string): Promise<unknown> {
  const names = readdirSync(join(directory, folder)).filter((name) => name.startsWith('sample'));
  return withContext({}, async (context) => {
    const raw = await read(
      context,
      names.sort().map((name) => join(directory, folder, name)),
    );
    const calls = await normaliseAll(context, raw);
    const time = toInstant(identifier('timestamp'), raw.columns.get('timestamp') ?? 'VARCHAR', 'UTC');
    const columns = [...raw.columns.keys()].filter((name) => name !== 'timestamp');
    const texts = columns.map((name) => sql`${identifier(name)}::VARCHAR AS ${identifier(name)}`);
    const selected = texts.reduce(
      (left, right) => sql`${left}, ${right}`,
      sql`strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ') AS time`,
    );
    const rows = await context.engine.query(
      sql`SELECT ${selected} FROM raw_calls WHERE source_reject IS NULL ORDER BY ALL`,
    );
    return {
      presets: Object.fromEntries(
        raw.inputs.map(({ realPath }, position) => [names[position], raw.formats.get(realPath)?.preset ?? null]),
      ),
      rows: [...rows].map((row) =>
        Object.fromEntries(Object.entries(row.toJSON()).filter(([, value]) => value !== null)),
      ),
      ...(calls.others.size === 0 ? {} : { others: Object.fromEntries(calls.others) }),
      ...(calls.rejected.size === 0 ? {} : { rejected: Object.fromEntries(calls.rejected) }),
    };
  }).catch((error) => {
    if (error instanceof KnownError) return { refused: error.hint };
    throw error;
  });
}

describe('presets read their samples', () => {
  it.each(folders)('%s', async (folder) => {
    const expected = JSON.parse(readFileSync(join(directory, folder, 'expected.json'), 'utf8'));
    expect(await understood(folder)).toEqual(expected);
  });
  it('and each has one', () => {
    const names = builtInPresets().map(({ name }) => name);
    expect(names.filter((name) => !folders.includes(name))).toEqual([]);
  });
});
