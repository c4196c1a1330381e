import { type Grammar, listOf } from './grammar.ts';

type Random = () => number;

const deepest = 12;

/** `{one|other}`, `{2..9}`, `{#8}` (hexadecimal digits) or `{list}`, the innermost; a brace after a backslash is a brace. */
const choice = /(?<!\\)\{((?:[^{}\\]|\\.)*)\}/;

/** `<list>`, filled for each call; `<~list>` by its subject, `<=list>` by its template. `<2..9>` is a number. */
export const slot = /(?<!\\)<([~=]?)([a-z0-9.-]+)>/;

/** A text of the grammar with all its choices made and its slots open. */
export function choose(grammar: Grammar, text: string, language: string, random: Random): string {
  let rendered = text;
  for (let found = choice.exec(rendered); found; found = choice.exec(rendered)) {
    const option = optionOf(grammar, found[1] ?? '', language, random);
    rendered = rendered.slice(0, found.index) + option + rendered.slice(found.index + found[0].length);
  }
  return rendered;
}

/** A text with neither choices nor slots left. */
export function complete(grammar: Grammar, text: string, language: string, random: Random, depth = 0): string {
  let rendered = choose(grammar, text, language, random);
  for (let found = slot.exec(rendered); found; found = slot.exec(rendered)) {
    const name = found[2] ?? '';
    if (depth > deepest) throw new RangeError(`list "${name}" contains itself`);
    const word = isRange(name)
      ? optionOf(grammar, name, language, random)
      : complete(grammar, oneOf(listOf(grammar, name, language).lines, random), language, random, depth + 1);
    rendered = rendered.slice(0, found.index) + word + rendered.slice(found.index + found[0].length);
  }
  return rendered;
}

function optionOf(grammar: Grammar, content: string, language: string, random: Random): string {
  if (content.includes('|')) return oneOf(content.split('|'), random);
  if (content.startsWith('#')) return digits(Number(content.slice(1)), random);
  if (isRange(content)) {
    const [from = 0, to = 0] = content.split('..').map(Number);
    return String(from + Math.floor((to - from + 1) * random()));
  }
  return oneOf(listOf(grammar, content, language).lines, random);
}

export function isRange(name: string): boolean {
  return /^\d+\.\.\d+$/.test(name);
}

function digits(length: number, random: Random): string {
  return Array.from({ length }, () => Math.floor(16 * random()).toString(16)).join('');
}

function oneOf(options: readonly string[], random: Random): string {
  return options[Math.floor(options.length * random())] ?? '';
}

/** Backslash sequences as what they stand for. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
}
