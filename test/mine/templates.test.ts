import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { mined } from '../support/mined.ts';
import { fixtures } from '../support/world.ts';

/** Wordings by template, each filled with every filling by an account of its own. */
interface Case {
  readonly what: string;
  readonly column: 'prompt' | 'system_prompt';
  readonly groups: readonly (readonly string[])[];
  readonly fillings: readonly string[];
}

const directory = join(fixtures, 'mine');
const cases = readdirSync(directory).map((file): Case => JSON.parse(readFileSync(join(directory, file), 'utf8')));

interface Template {
  readonly wordings: readonly string[];
  readonly fillings: readonly string[];
}

function templatesOf({ groups, fillings }: Case): Template[] {
  return groups.map((wordings) => ({ wordings, fillings }));
}

/** The ids that each template's calls have in one log, by template. */
async function idsOf(column: Case['column'], templates: readonly Template[]): Promise<string[][]> {
  const rows = templates.flatMap(({ wordings, fillings }, group) =>
    wordings.flatMap((wording, number) =>
      fillings.map((filling, account) => [
        '2026-03-01T00:00:00Z',
        `${group}:${number}-${account}`,
        wording.replace('{}', filling),
      ]),
    ),
  );
  return mined(['timestamp', 'account_id', column], rows, async ({ engine }, { relation }) => {
    const hash = identifier(column === 'prompt' ? 'template_hash' : 'system_prompt_hash');
    const found = await engine.query(sql`
      SELECT DISTINCT split_part(account_id, ':', 1)::INTEGER AS place, ${hash} AS id
      FROM ${identifier(relation)} ORDER BY place, id`);
    const ids: string[][] = templates.map(() => []);
    for (const { place, id } of found) ids[place]?.push(id);
    return ids;
  });
}

describe.each(cases)('$what', (given) => {
  it('is one template each', async () => {
    const ids = await idsOf(given.column, templatesOf(given));
    expect(ids.map((own) => own.length)).toEqual(given.groups.map(() => 1));
    expect(new Set(ids.flat()).size).toBe(given.groups.length);
  });
});

it('templates of many languages in one log keep apart', async () => {
  const templates = cases.filter(({ column }) => column === 'prompt').flatMap(templatesOf);
  const ids = await idsOf('prompt', templates);
  expect(ids.map((own) => own.length)).toEqual(templates.map(() => 1));
  expect(new Set(ids.flat()).size).toBe(templates.length);
});
