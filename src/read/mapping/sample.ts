import { nameIn, segmentsOf } from './path.ts';

/** One row as JSON values, by column. */
export type SampleRow = Readonly<Record<string, unknown>>;

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

function walk(from: unknown, segments: readonly string[]): unknown[] {
  const value = parsed(from);
  const [segment, ...rest] = segments;
  if (segment === undefined) return [value];
  if (Array.isArray(value)) {
    if (segment === '[]') return value.flatMap((item) => walk(item, rest));
    const position = /^\[(-?\d+)\]$/.exec(segment)?.[1];
    return position === undefined ? [] : walk(value.at(Number(position)), rest);
  }
  const object = asObject(value);
  if (segment === '*') return Object.values(object).flatMap((item) => walk(item, rest));
  for (let length = segments.length; length > 0; length -= 1) {
    const name = nameIn(new Map(Object.entries(object)), segments.slice(0, length).join('.'));
    if (name !== undefined) return walk(object[name], segments.slice(length));
  }
  return [];
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
