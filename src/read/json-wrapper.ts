import { parsedObject, wrapperOf } from './json-head.ts';

/** Where the first object of a list stands within a root object. */
export interface ListStart {
  /** In bytes from the beginning of the root object. */
  readonly offset: number;
  readonly line: number;
  /** Brackets open there, outermost first. */
  readonly open: readonly number[];
}

/** How many brackets may be open before the rows that an object wraps. */
export const deepestList = 3;
const closings: Readonly<Record<number, string>> = { 91: ']', 123: '}' };

/**
 * Of the lists in a root value, the one that holds the rows that the value wraps, `empty` if it wraps none, or undefined
 * where it is a row itself. `isWhole` says whether `text` is all of the value or its beginning.
 */
export function wrappedRows(
  text: Buffer,
  lists: readonly ListStart[],
  isWhole: boolean,
): ListStart | 'empty' | undefined {
  const whole = isWhole ? parsedObject(text.toString('utf8')) : undefined;
  const path = whole === undefined ? undefined : wrapperOf(whole);
  if (isWhole && path === undefined) return undefined;
  const list = lists.find(({ offset, open }) => {
    const closing = [...open].reverse().map((bracket) => closings[bracket] ?? '');
    const beginning = parsedObject(text.toString('utf8', 0, offset) + closing.join(''));
    const found = beginning === undefined ? undefined : wrapperOf(beginning);
    return found !== undefined && (path === undefined || found.join('.') === path.join('.'));
  });
  return list ?? (isWhole ? 'empty' : undefined);
}
