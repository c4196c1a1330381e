import { InputError } from '../../util/errors.ts';

/** A list of words or sentences in one language. */
interface WordList {
  readonly lines: readonly string[];
  /** Renderings that the list is made of; undefined where each line stands for itself. */
  readonly made: number | undefined;
  /** Whether renderings begin with a capital letter. */
  readonly capital: boolean;
}

/** What one kind of request is written by: alternatives for each part of the prompt and of the system prompt. */
export interface Script {
  readonly name: string;
  readonly language: string;
  /** What the request is after, in the words of README.md beside this file; empty for an ordinary request. */
  readonly label: string;
  readonly capability: string;
  readonly parts: ReadonlyMap<string, readonly string[]>;
}

export interface Grammar {
  /** By `name language`; the language `*` serves all. */
  readonly lists: ReadonlyMap<string, WordList>;
  readonly scripts: readonly Script[];
}

/**
 * Reads grammar files. A block begins with `== list NAME LANGUAGE`, `== made COUNT NAME LANGUAGE`, `== sentences COUNT NAME
 * LANGUAGE` (made, with a capital letter first) or `== script NAME LANGUAGE LABEL CAPABILITY`; a line of a list is one entry, a line of a script a part and its text.
 */
export function parseGrammar(files: readonly string[]): Grammar {
  const lists = new Map<string, WordList>();
  const scripts: Script[] = [];
  for (const block of files.flatMap((file) => `\n${file}`.split('\n== ').slice(1))) {
    const [head = '', ...rest] = block.split('\n');
    const lines = rest.filter((line) => line !== '' && !line.startsWith('# '));
    const [kind, ...fields] = head.trim().split(' ');
    if (kind === 'script') scripts.push(scriptOf(fields, lines));
    else if (kind === 'made')
      lists.set(`${fields[1]} ${fields[2]}`, { lines, made: Number(fields[0]), capital: false });
    else if (kind === 'sentences')
      lists.set(`${fields[1]} ${fields[2]}`, { lines, made: Number(fields[0]), capital: true });
    else lists.set(`${fields[0]} ${fields[1]}`, { lines, made: undefined, capital: false });
  }
  return { lists, scripts };
}

function scriptOf([name = '', language = '', label = '', capability = '']: string[], lines: readonly string[]): Script {
  const parts = new Map<string, string[]>();
  for (const line of lines) {
    const [, part = '', text = ''] = /^(s?[1-5])(?: (.*))?$/.exec(line) ?? [];
    if (part === '') throw new InputError(`script ${name} ${language}: "${line}" names no part`, 'see README.md');
    parts.set(part, [...(parts.get(part) ?? []), text]);
  }
  return { name, language, label: label === '-' ? '' : label, capability, parts };
}

/** The list of that name in a language, else in all languages, else in English. */
export function listOf(grammar: Grammar, name: string, language: string): WordList {
  const found = [language, '*', 'en'].map((place) => grammar.lists.get(`${name} ${place}`)).find((list) => list);
  if (found === undefined)
    throw new InputError(`no list "${name}" in "${language}"`, 'see src/simulate/text/README.md');
  return found;
}

/** The script of that name in a language, else in English. */
export function scriptFor(grammar: Grammar, name: string, language: string): Script {
  const found =
    grammar.scripts.find((script) => script.name === name && script.language === language) ??
    grammar.scripts.find((script) => script.name === name && script.language === 'en');
  if (found === undefined) throw new InputError(`no script "${name}"`, 'see src/simulate/text/README.md');
  return found;
}
