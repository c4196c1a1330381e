import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { join, sql } from '../../../src/engine/sql.ts';
import { labelled } from '../../../src/score/taxonomy/label.ts';
import { capabilities, labels } from '../../../src/score/taxonomy/registry.ts';
import { fixtures, withContext } from '../../support/world.ts';

interface Prompt {
  readonly prompt: string | null;
  readonly system?: string;
}

/** Label and capability of each prompt, in their order. */
function labelsOf(prompts: readonly Prompt[]): Promise<{ label: string | null; capability: string }[]> {
  return withContext({}, async ({ engine }) => {
    const rows = prompts.map(({ prompt, system = null }, place) => sql`(${place}, ${prompt}, ${system})`);
    const given = sql`SELECT * FROM (VALUES ${join(rows)}) p(place, prompt, system_prompt)`;
    const answers = await engine.query(sql`SELECT label, capability FROM (${labelled(given)}) ORDER BY place`);
    return [...answers].map(({ label, capability }) => ({ label, capability }));
  });
}

const linesOf = (path: string): string[] => readFileSync(joinPath(fixtures, path), 'utf8').trimEnd().split('\n');
const texts = new Map(
  [
    ...labels.flatMap(({ id }) => [`labels/${id}/positive.txt`, `labels/${id}/negative.txt`]),
    ...capabilities.map(({ id }) => `capabilities/${id}.txt`),
  ].map((path) => [path, linesOf(path)]),
);
const found = new Map<string, { readonly label: string | null; readonly capability: string }>();

beforeAll(async () => {
  const prompts = [...new Set([...texts.values()].flat())];
  const answers = await labelsOf(prompts.map((prompt) => ({ prompt })));
  for (const [position, answer] of answers.entries()) found.set(prompts[position] ?? '', answer);
});

describe.each(labels.map(({ id }) => id))('label %s', (id) => {
  it('is given to its positives, in every language', () => {
    const positives = texts.get(`labels/${id}/positive.txt`) ?? [];
    expect(positives.filter((prompt) => found.get(prompt)?.label !== id)).toEqual([]);
  });

  it('nor it nor another is given to its near misses', () => {
    const negatives = texts.get(`labels/${id}/negative.txt`) ?? [];
    expect(negatives.filter((prompt) => found.get(prompt)?.label !== null)).toEqual([]);
  });
});

it.each(capabilities.map(({ id }) => id))('capability %s is told from its prompts', (id) => {
  const prompts = texts.get(`capabilities/${id}.txt`) ?? [];
  expect(prompts.filter((prompt) => found.get(prompt)?.capability !== id)).toEqual([]);
});

it('has fixtures for all labels and capabilities, and for no others', () => {
  expect(readdirSync(joinPath(fixtures, 'labels')).sort()).toEqual(labels.map(({ id }) => id).sort());
  const files = capabilities.map(({ id }) => `${id}.txt`);
  expect(readdirSync(joinPath(fixtures, 'capabilities')).sort()).toEqual(files.sort());
});

describe('two texts', () => {
  const template = linesOf('labels/chain-of-thought/positive.txt')[0] ?? '';

  it('a template may stand in the system prompt', async () => {
    const [bare, pupil] = await labelsOf([
      { prompt: 'x + 2 > 7', system: template },
      { prompt: 'This is my homework: x + 2 > 7', system: template },
    ]);
    expect([bare?.label, pupil?.label]).toEqual(['chain-of-thought', null]);
  });

  it('what a product says of itself neither makes nor rules out what its user asks for', async () => {
    const product = 'You help with pull requests. Only commit when asked. You write code and use tools.';
    const critique = linesOf('labels/critiquing/positive.txt')[0] ?? '';
    const found = await labelsOf([
      { prompt: critique, system: product },
      { prompt: 'Translate this into Japanese.', system: product },
      { prompt: 'Hi!', system: product },
    ]);
    expect(found.map(({ label }) => label)).toEqual(['critiquing', null, null]);
    expect(found[1]?.capability).toBe('translation');
  });

  it('says nothing of no text', async () => {
    expect(await labelsOf([{ prompt: null }])).toEqual([{ label: null, capability: 'other' }]);
  });

  it('reads the head and the tail of long prompts, not what stands between', async () => {
    const filler = 'lorem '.repeat(1_000);
    const found = await labelsOf([
      { prompt: template + filler },
      { prompt: filler + template },
      { prompt: filler + template + filler },
    ]);
    expect(found.map(({ label }) => label)).toEqual(['chain-of-thought', 'chain-of-thought', null]);
  });
});
