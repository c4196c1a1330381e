import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { sql } from '../../src/engine/sql.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { createLexicon } from '../../src/simulate/text/lexicon.ts';
import { languages, voices } from '../../src/simulate/text/voices.ts';
import { sharedWorld } from '../support/simulated.ts';
import { withDirectory, withEngine } from '../support/world.ts';

const small = { scale: 0.001, benignAccounts: 250, evasion: 4, paraphrase: 3, seed: 3 } as const;

/** How often things repeat; the honest accounts and the campaigns apart. */
const repeats = (prompt: string, system: string) => sql`
  SELECT to_json(list(struct_pack(calls := calls, prompts := prompts, systems := systems) ORDER BY honest))::VARCHAR AS repeats
  FROM (SELECT kind NOT LIKE 'campaign%' AS honest, count(*)::INTEGER AS calls,
      count(DISTINCT ${{ kind: 'sql', text: prompt }})::INTEGER AS prompts,
      count(DISTINCT ${{ kind: 'sql', text: system }})::INTEGER AS systems FROM calls GROUP BY 1)`;

describe('a world with texts', () => {
  const texts = sharedWorld({ ...small, text: true });
  const hashes = sharedWorld(small);

  it('has texts in place of hashes, and sets of tools as hashes still', async () => {
    const { columns } = await texts.facts(sql`
      SELECT list(column_name ORDER BY column_name)::VARCHAR AS columns FROM duckdb_columns()
      WHERE table_name = 'calls' AND (contains(column_name, 'prompt') OR contains(column_name, 'hash'))`);
    expect(columns).toBe('[prompt, system_prompt, tools_hash]');
  });

  it('repeats itself where a world of hashes does', async () => {
    const [mine, theirs] = await Promise.all([
      texts.facts(repeats('prompt', 'system_prompt')),
      hashes.facts(repeats('prompt_hash', 'system_prompt_hash')),
    ]);
    const rows = (facts: Record<string, unknown>) => JSON.parse(String(facts.repeats));
    for (const [position, row] of rows(theirs).entries()) {
      const other = rows(mine)[position];
      expect(other.calls).toBe(row.calls);
      // A short question may be put in the same words by two people.
      expect(other.prompts / row.prompts).toBeGreaterThan(0.995);
      expect(other.prompts).toBeLessThanOrEqual(row.prompts * 1.001);
      expect(other.systems / row.systems).toBeGreaterThan(0.99);
      expect(other.systems).toBeLessThanOrEqual(row.systems);
    }
  });

  it('leaves nothing open: no slot, no choice, no empty prompt', async () => {
    const { open } = await texts.facts(sql`
      SELECT count(*) FILTER (prompt IS NULL OR length(prompt) < 2 OR regexp_matches(prompt || coalesce(system_prompt, ''),
        '<[~=]?[a-z]*\\d*\\.\\.\\d+>|<[~=][a-z]+>|\\{[a-z ]+\\|[^{}]*\\}|\\{[a-z]+\\}'))::INTEGER AS open
      FROM (SELECT * FROM calls WHERE NOT regexp_matches(prompt, '\\{ return'))`);
    expect(open).toBe(0);
  });

  it('is of the length that people and machines write', async () => {
    const { median, longest } = await texts.facts(sql`
      SELECT median(length(prompt))::INTEGER AS median, max(length(prompt))::INTEGER AS longest FROM calls`);
    expect(median).toBeGreaterThan(150);
    expect(median).toBeLessThan(600);
    expect(longest).toBeLessThan(5_000);
  });

  it('has characters that spoil logs', async () => {
    const { quotes, newlines, tabs, separators, emoji, bidi, markup, escapes } = await texts.facts(sql`
      SELECT bool_or(contains(prompt, '"')) AS quotes, bool_or(contains(prompt, chr(10))) AS newlines,
        bool_or(contains(prompt, chr(9))) AS tabs, bool_or(contains(prompt, ';')) AS separators,
        bool_or(contains(prompt, '🚀')) AS emoji, bool_or(contains(prompt, chr(8238))) AS bidi,
        bool_or(contains(prompt, '<script>')) AS markup, bool_or(contains(prompt, chr(27))) AS escapes FROM calls`);
    expect({ quotes, newlines, tabs, separators, emoji, bidi, markup, escapes }).toEqual({
      quotes: true,
      newlines: true,
      tabs: true,
      separators: true,
      emoji: true,
      bidi: true,
      markup: true,
      escapes: true,
    });
  });

  it('salts the system prompts of campaigns for each account and day, in the middle too', async () => {
    const { salted, heads } = await texts.facts(sql`
      SELECT avg((places = 1)::INTEGER)::DOUBLE AS salted, count(DISTINCT left(system_prompt, 20))::INTEGER AS heads
      FROM (SELECT system_prompt, count(DISTINCT (account_id, timestamp::DATE)) AS places FROM calls
        WHERE label = 'campaign-1' AND system_prompt NOT IN (SELECT system_prompt FROM calls WHERE kind = 'agent-product' AND system_prompt IS NOT NULL)
        GROUP BY 1)`);
    expect(salted).toBeGreaterThan(0.9);
    expect(heads).toBeGreaterThan(8);
  });

  it('says of a sample of calls what they are after', async () => {
    const truth = sql`read_csv(${join(texts.directory, 'text-truth.csv')}, all_varchar = true)`;
    const facts = await texts.facts(sql`
      SELECT count(*)::INTEGER AS sampled, count(DISTINCT request_id)::INTEGER AS ids, count(DISTINCT language)::INTEGER AS languages,
        count(*) FILTER (campaign IS NOT NULL AND label = 'chain-of-thought') > 0 AS harvest,
        count(*) FILTER (campaign IS NULL AND kind LIKE 'campaign-%' AND label IS NULL) > 0 AS cover FROM ${truth}`);
    const { known } = await texts.facts(
      sql`SELECT count(*)::INTEGER AS known FROM ${truth} SEMI JOIN calls USING (request_id, kind)`,
    );
    expect(Number(facts.sampled)).toBeGreaterThan(3_000);
    expect(Number(facts.sampled)).toBeLessThanOrEqual(20_000);
    expect(facts).toMatchObject({
      sampled: known,
      ids: known,
      languages: languages.length,
      harvest: true,
      cover: true,
    });
  });

  it(
    'is the same again from the same seed, on any number of threads',
    () =>
      withDirectory(async (parent) => {
        const engine = await openDuckdb({ threads: 1, memoryLimit: '1GB', tempDirectory: parent });
        const directory = join(parent, 'world');
        try {
          await simulate(engine, { ...small, scenario: 'seed', format: 'parquet', directory, text: true }, () => {});
        } finally {
          await engine.close();
        }
        const sum = (path: string) =>
          texts.facts(sql`
        SELECT count(*)::INTEGER AS calls, bit_xor(hash(c))::VARCHAR AS sum FROM read_parquet(${join(path, 'calls/*.parquet')}) c`);
        expect(await sum(directory)).toEqual(await sum(texts.directory));
        const truth = (path: string) => readFileSync(join(path, 'text-truth.csv'), 'utf8');
        expect(truth(directory)).toBe(truth(texts.directory));
      }),
    120_000,
  );
});

describe('the lexicon', () => {
  async function formsOf(seed: number): Promise<Set<string>> {
    const engine = await openDuckdb({ threads: 1, memoryLimit: '1GB', tempDirectory: tmpdir() });
    try {
      await createLexicon(engine, seed);
      const rows = await engine.query(sql`
        SELECT DISTINCT f.text0 || f.text1 || f.text2 AS form FROM scripts s, unnest(range(1, 11)) p(part),
          unnest(range(first[part], first[part] + size[part]::INTEGER)) q(place) JOIN lexicon_forms f ON f.position = place - 1
        WHERE name LIKE 'harvest.%' AND length(f.text0) > 60`);
      return new Set(rows.toArray().map(({ form }) => String(form)));
    } finally {
      await engine.close();
    }
  }

  it('words campaign templates in another way for another seed, and in the same for the same', async () => {
    const [one, again, other] = [await formsOf(1), await formsOf(1), await formsOf(2)];
    expect(again).toEqual(one);
    const common = [...one].filter((form) => other.has(form)).length;
    expect(one.size).toBeGreaterThan(500);
    expect(common / one.size).toBeLessThan(0.4);
  });

  it('gives every voice as many tasks in every language', () =>
    withEngine(async (engine) => {
      await createLexicon(engine, 1);
      const rows = await engine.query(
        sql`SELECT count(*)::INTEGER AS voices, min(len(tasks))::INTEGER AS least FROM voices`,
      );
      expect(rows.get(0)?.toJSON()).toEqual({ voices: voices.length * languages.length, least: 1 });
    }));
});
