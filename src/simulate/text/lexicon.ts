import { readdir, readFile } from 'node:fs/promises';
import { Float64, Int32, Table, type Vector, vectorFromArray } from 'apache-arrow';
import { textVector } from '../../engine/arrow-text.ts';
import type { Engine } from '../../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { seededRandom } from '../../util/random.ts';
import { type Grammar, listOf, parseGrammar, type Script, scriptFor } from './grammar.ts';
import { choose, complete, isRange, slot, unescaped } from './render.ts';
import { languages, type Voice, voices } from './voices.ts';

/** Parts of a prompt and of a system prompt, and open slots of one part. */
export const partCount = 5;
export const slotCount = 4;

/** Which key fills a slot, in the order of the slots' marks. */
const slotKinds = ['', '~', '='];

/** Wordings of one part of a script, and of one of its lines. */
const formsOfPart = 120;
const formsOfLine = 24;

const longestList = 16_383;

/** Numbers that a range is filled with, evenly from its first to its last. */
const mostNumbers = 2_000;

interface Form {
  readonly texts: readonly string[];
  /** Each slot's list as one number: place of its first word, kind of slot (2 bits), number of its words (14 bits). */
  readonly slots: readonly number[];
}

/**
 * Makes the tables that texts are put together from: `lexicon`, one row with all words and all wordings of all parts as
 * lists; `scripts`, where each script's wordings are in them; `voices`, which scripts each voice takes. The wordings are
 * drawn from the grammar by the world's seed.
 */
export async function createLexicon(engine: Engine, seed: number): Promise<void> {
  const book = new Book(await readGrammar(), seed);
  const scripts = new Map<Script, number>();
  const rows: Sql[] = [];
  const numberOf = (script: Script): number => {
    const known = scripts.get(script);
    if (known !== undefined) return known;
    scripts.set(script, scripts.size);
    rows.push(book.scriptRow(script, scripts.size - 1));
    return scripts.size - 1;
  };
  // The first one, as `withTexts` expects.
  numberOf(scriptFor(book.grammar, 'salt', 'en'));
  const voiceRows = voices.flatMap((voice) =>
    languages.map((language) => voiceRow(voice, language, (name) => numberOf(scriptFor(book.grammar, name, language)))),
  );
  await book.store(engine);
  await engine.execute(sql`
    CREATE TABLE scripts AS SELECT * FROM (VALUES ${join(rows)})
      t(script, name, language, label, capability, first, size)`);
  await engine.execute(sql`
    CREATE TABLE voices AS SELECT * FROM (VALUES ${join(voiceRows)})
      t(voice, language, groups, tasks, tasks_of_group, systems, interests)`);
}

async function readGrammar(): Promise<Grammar> {
  const directory = new URL('grammar/', import.meta.url);
  const names = (await readdir(directory)).filter((name) => name.endsWith('.txt')).sort();
  return parseGrammar(await Promise.all(names.map((name) => readFile(new URL(name, directory), 'utf8'))));
}

function voiceRow(voice: Voice, language: string, numberOf: (script: string) => number): Sql {
  const tasks = voice.groups.flatMap((group) => group.tasks.map(numberOf));
  const systems = voice.groups.map((group) => numberOf(group.system));
  return sql`(${voice.name}, ${language}, ${voice.groups.length}::UBIGINT, ${list(tasks)}, ${tasks.length / voice.groups.length}::UBIGINT, ${list(systems)}, ${voice.interests}::INTEGER)`;
}

const list = (numbers: readonly number[]): Sql => sql`[${join(numbers.map((number) => sql`${number}::INTEGER`))}]`;

/** Words and wordings as they are collected. */
class Book {
  readonly grammar: Grammar;
  private readonly seed: number;
  private readonly words: string[] = [''];
  private readonly forms: Form[] = [];
  private readonly places = new Map<string, { first: number; size: number }>();

  constructor(grammar: Grammar, seed: number) {
    this.grammar = grammar;
    this.seed = seed;
  }

  scriptRow(script: Script, number: number): Sql {
    const parts = [...this.partsOf(script, ''), ...this.partsOf(script, 's')];
    const first = list(parts.map((part) => part.first));
    const size = sql`[${join(parts.map((part) => sql`${part.size}::UBIGINT`))}]`;
    return sql`(${number}::INTEGER, ${script.name}, ${script.language}, ${script.label}, ${script.capability}, ${first}, ${size})`;
  }

  /** Place and number of the wordings of each part; a part that the script lacks has one empty wording. */
  private partsOf(script: Script, prefix: string): { first: number; size: number }[] {
    return Array.from({ length: partCount }, (_, position) => {
      const name = `${prefix}${position + 1}`;
      const random = seededRandom(hashOf(`${this.seed} ${script.name} ${script.language} ${name}`));
      const lines = script.parts.get(name) ?? [''];
      const times = Math.max(1, Math.min(formsOfLine, Math.floor(formsOfPart / lines.length)));
      const first = this.forms.length + 1;
      for (const line of lines) {
        const chosen = new Set(
          Array.from({ length: times }, () => choose(this.grammar, line, script.language, random)),
        );
        for (const text of chosen)
          this.forms.push(this.formOf(spaced(text, position, script.language), script.language, random));
      }
      return { first, size: this.forms.length + 1 - first };
    });
  }

  private formOf(text: string, language: string, random: () => number): Form {
    const texts: string[] = [];
    const slots: number[] = [];
    let rest = text;
    for (let found = slot.exec(rest); found && slots.length < slotCount; found = slot.exec(rest)) {
      texts.push(unescaped(rest.slice(0, found.index)));
      const { first, size } = this.wordsOf(found[2] ?? '', language);
      slots.push(first * 65_536 + slotKinds.indexOf(found[1] ?? '') * 16_384 + size);
      rest = rest.slice(found.index + found[0].length);
    }
    texts.push(unescaped(complete(this.grammar, rest, language, random)));
    while (slots.length < slotCount) slots.push(65_536 + 1);
    while (texts.length <= slotCount) texts.push('');
    return { texts, slots };
  }

  private wordsOf(name: string, language: string): { first: number; size: number } {
    const place = isRange(name) || this.grammar.lists.has(`${name} *`) ? 'en' : language;
    const key = `${name} ${place}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const random = seededRandom(hashOf(`${this.seed} ${key}`));
    const words = isRange(name) ? numbersOf(name) : this.rendered(listOf(this.grammar, name, place), place, random);
    const found = { first: this.words.length + 1, size: words.length };
    this.words.push(...words);
    this.places.set(key, found);
    return found;
  }

  private rendered(words: ReturnType<typeof listOf>, language: string, random: () => number): string[] {
    const { lines, made, capital } = words;
    const chosen =
      made === undefined ? lines : Array.from({ length: made }, (_, position) => lines[position % lines.length] ?? '');
    const texts = chosen.map((line) => unescaped(complete(this.grammar, line, language, random)));
    const begun = capital ? texts.map((text) => text.slice(0, 1).toUpperCase() + text.slice(1)) : texts;
    return [...new Set(begun)].slice(0, longestList);
  }

  async store(engine: Engine): Promise<void> {
    await engine.execute(sql`CREATE TABLE lexicon_words (position INTEGER, word VARCHAR)`);
    await engine.append('lexicon_words', once(numbered(this.words.length, { word: textVector(this.words) })));
    const texts = Array.from({ length: slotCount + 1 }, (_, number) => `text${number}`);
    const slots = Array.from({ length: slotCount }, (_, number) => `slot${number}`);
    const columns = [
      ...texts.map((name) => sql`${identifier(name)} VARCHAR`),
      ...slots.map((name) => sql`${identifier(name)} DOUBLE`),
    ];
    await engine.execute(sql`CREATE TABLE lexicon_forms (position INTEGER, ${join(columns)})`);
    await engine.append(
      'lexicon_forms',
      once(
        numbered(this.forms.length, {
          ...Object.fromEntries(
            texts.map((name, number) => [name, textVector(this.forms.map((form) => form.texts[number] ?? ''))]),
          ),
          ...Object.fromEntries(
            slots.map((name, number) => [
              name,
              vectorFromArray(
                this.forms.map((form) => form.slots[number] ?? 0),
                new Float64(),
              ),
            ]),
          ),
        }),
      ),
    );
    const lists = [
      sql`(SELECT list(word ORDER BY position) FROM lexicon_words) AS words`,
      ...texts.map(
        (name) => sql`(SELECT list(${identifier(name)} ORDER BY position) FROM lexicon_forms) AS ${identifier(name)}`,
      ),
      ...slots.map(
        (name) =>
          sql`(SELECT list(${identifier(name)}::UBIGINT ORDER BY position) FROM lexicon_forms) AS ${identifier(name)}`,
      ),
    ];
    await engine.execute(sql`CREATE TABLE lexicon AS SELECT ${join(lists)}`);
  }
}

/** A part stands apart from the one before it, except in scripts that set no spaces. */
function spaced(text: string, position: number, language: string): string {
  const apart = position === 0 || text === '' || text.startsWith('\\n') || language === 'zh';
  const tidy = text.replaceAll(' ,', ',');
  return apart ? tidy : ` ${tidy}`;
}

function numbersOf(range: string): string[] {
  const [from = 0, to = 0] = range.split('..').map(Number);
  const size = Math.min(mostNumbers, to - from + 1);
  return Array.from({ length: size }, (_, position) => String(from + Math.floor((position * (to - from + 1)) / size)));
}

function numbered(length: number, columns: Readonly<Record<string, Vector>>): Table {
  const position = vectorFromArray(
    Array.from({ length }, (_, row) => row),
    new Int32(),
  );
  return new Table({ position, ...columns });
}

async function* once(table: Table): AsyncIterable<Table> {
  yield table;
}

/** A seed from a text (FNV-1a). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
