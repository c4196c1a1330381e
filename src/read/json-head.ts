import { mapColumns } from './columns.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Keys under which exports wrap their rows, as `{"Records": [...]}`; a dot leads into an object. */
const wrappers = ['data', 'Records', 'records', 'value', 'results', 'result', 'items', 'logs', 'data.items'] as const;

const sampleLines = 100;

/** The objects at the head of a file that stand one a line, if most of its first lines are such objects and no wrappers. */
export function objectLines(head: Buffer): readonly JsonObject[] | undefined {
  const lines = completeLines(textOf(head));
  const objects = lines.map(parsedObject).filter((object) => object !== undefined);
  const [first] = objects;
  if (first === undefined || objects.length * 2 < lines.length || wrapperOf(first) !== undefined) return undefined;
  return objects;
}

/** The last line may be cut. It counts if it is the only one. */
function completeLines(text: string): string[] {
  const lines = text.split('\n', sampleLines + 1);
  const complete = lines.slice(0, lines.length > 1 ? -1 : undefined).filter((line) => line.trim() !== '');
  return complete.length > 0 ? complete : lines;
}

/** Whether a file begins as one JSON value or several, laid out in any way. */
export function beginsAsJson(head: Buffer): boolean {
  return /^\s*(\{\s*("|\}|$)|\[\s*(\{|\]|$))/.test(textOf(head.subarray(0, 4096)));
}

export function textOf(head: Buffer): string {
  return head.toString('utf8').replace(/^\ufeff/, '');
}

export function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The path to the rows in an object that only wraps them, or undefined where it is a row itself: an object with a time or an
 * account of its own is one, whatever lists it has.
 */
export function wrapperOf(object: JsonObject): readonly string[] | undefined {
  const path = wrappers.map((wrapper) => wrapper.split('.')).find((keys) => holdsRows(valueAt(object, keys)));
  if (path === undefined) return undefined;
  const own = mapColumns(
    Object.keys(object).filter((key) => key !== path[0]),
    new Set(),
  );
  return own.has('timestamp') || own.has('account_id') ? undefined : path;
}

function valueAt(object: JsonObject, keys: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of keys) value = isObject(value) ? value[key] : undefined;
  return value;
}

function holdsRows(value: unknown): boolean {
  return Array.isArray(value) && value.every(isObject);
}
