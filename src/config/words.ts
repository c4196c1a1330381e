import { nearest } from '../util/nearest.ts';

/** A hint for a word that is not known: the nearest one that is, or all of them. */
export function suggest(word: string, candidates: readonly string[]): string {
  const close = nearest(word, candidates);
  if (close !== undefined) return `did you mean ${close}?`;
  return candidates.length === 0 ? 'there is none' : `there is: ${candidates.join(', ')}`;
}

/** The texts before and after the first separator; all before, if there is none. */
export function splitOnce(text: string, separator: string): [string, string] {
  const position = text.indexOf(separator);
  return position < 0 ? [text, ''] : [text.slice(0, position), text.slice(position + separator.length)];
}
