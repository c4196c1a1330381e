import { longest, Names, segmentsOf } from './path.ts';

/** One row as JSON values, by column. */
export type SampleRow = Readonly<Record<string, unknown>>;

/** The rows with JSON in their texts read, so that this is done once only. */
export function readTexts(sample: readonly SampleRow[]): SampleRow[] {
  return sample.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, parsed(value)])));
}

/** Everything at a path of a row, or of the items of its lists at `lists`; JSON in texts is read. */
export function valuesAt(row: SampleRow, path: string, lists: readonly string[]): unknown[] {
  let rows: unknown[] = [row];
  for (const list of lists) {
    rows = rows.flatMap((outer) => {
      const items = walk(outer, segmentsOf(`${list}[]`));
      return items.length === 0 ? [outer] : items.map((item) => ({ ...asObject(outer), ...asObject(item) }));
    });
  }
  return rows.flatMap((one) => walk(one, segmentsOf(path))).filter((value) => value !== undefined);
}

/** The paths of `lists` at which a list was seen, each within the items of those before it. */
export function listsSeen(sample: readonly SampleRow[], lists: readonly string[]): string[] {
  const seen: string[] = [];
  for (const list of lists) {
    const isList = sample.some((row) => valuesAt(row, list, seen).some((value) => Array.isArray(value)));
    if (isList) seen.push(list);
  }
  return seen;
}

function walk(from: unknown, segments: readonly string[]): unknown[] {
  const value = parsed(from);
  const [segment, ...rest] = segments;
  if (segment === undefined) return [value];
  if (Array.isArray(value)) {
    if (segment === '[]') return value.flatMap((item) => walk(item, rest));
    const position = /^\[(-?\d+)\]$/.exec(segment)?.[1];
    return position === undefined ? [] : walk(value.at(Number(position)), rest);
  }
  const object = typeof value === 'object' && value !== null ? value : {};
  if (segment === '*') return Object.values(object).flatMap((item) => walk(item, rest));
  const { found, rest: others } = longest(namesIn(object), segments);
  return found === undefined ? [] : walk(found[0], others);
}

/** Names of objects that were asked before: every preset asks the same rows, which may be thousands of names wide. */
const known = new WeakMap<object, Names<readonly [unknown]>>();

/** The values of an object by name, each in a list of one since a value that is there may be null. */
function namesIn(object: object): Names<readonly [unknown]> {
  const before = known.get(object);
  if (before !== undefined) return before;
  const entries: [string, unknown][] = Object.entries(object);
  const names = new Names(entries.map(([name, item]): [string, [unknown]] => [name, [item]]));
  known.set(object, names);
  return names;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
