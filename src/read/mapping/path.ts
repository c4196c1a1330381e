import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { plainName } from '../../util/text.ts';
import { parseType, type ValueType } from './value-type.ts';

/** A piece of SQL and what it holds. */
export interface Value {
  readonly value: Sql;
  readonly type: ValueType;
  /** Whether the schema itself says that the path exists; inside JSON only the rows can tell. */
  readonly isCertain: boolean;
  /** Name of the source column that it is, if it is one. */
  readonly column?: string;
}

/** Values by name; a name finds itself, else the first that differs in case and punctuation only. */
export class Names<Item> {
  readonly #items: ReadonlyMap<string, Item>;
  #plain: Map<string, Item> | undefined;

  constructor(items: Iterable<readonly [string, Item]>) {
    this.#items = new Map(items);
  }

  find(wanted: string): Item | undefined {
    const exact = this.#items.get(wanted);
    if (exact !== undefined) return exact;
    if (this.#plain === undefined) {
      this.#plain = new Map();
      for (const [name, item] of this.#items) {
        const key = plainName(name);
        if (!this.#plain.has(key)) this.#plain.set(key, item);
      }
    }
    return this.#plain.get(plainName(wanted));
  }

  values(): Iterable<Item> {
    return this.#items.values();
  }
}

/** Where paths start. */
export interface Scope {
  /** Named values, or JSON that may hold any name; the nearest first: the item of a list before the row that it stands in. */
  readonly levels: readonly (Names<Value> | Value)[];
  /** Source columns that paths have led through so far. */
  readonly uses: Set<string>;
}

/** A text that only the rows can tell to be there. */
export function textValue(value: Sql): Value {
  return { value, type: { kind: 'scalar', name: 'VARCHAR' }, isCertain: false };
}

/** The columns of a relation, with the engine's types. */
export function scopeOf(types: ReadonlyMap<string, string>): Scope {
  const columns = [...types].map(([name, type]): [string, Value] => [
    name,
    { value: identifier(name), type: parseType(type), isCertain: true, column: name },
  ]);
  return { levels: [new Names(columns)], uses: new Set() };
}

/** The fields of a value that has a fixed set of them. */
function fieldsOf({ value, type, isCertain }: Value): Names<Value> {
  if (type.kind !== 'struct') return new Names([]);
  const fields = [...type.fields].map(([name, field]): [string, Value] => [
    name,
    { value: sql`struct_extract(${value}, ${name})`, type: field, isCertain },
  ]);
  return new Names(fields);
}

/** The same scope with the item of a list before it. */
export function within(item: Value, { levels, uses }: Scope): Scope {
  return { levels: [item.type.kind === 'json' ? item : fieldsOf(item), ...levels], uses };
}

/** Follows a path, or gives undefined where the schema says that it leads nowhere. */
export function follow({ levels, uses }: Scope, path: string): Value | undefined {
  const [level, ...outer] = levels;
  if (level === undefined) return undefined;
  const segments = segmentsOf(path);
  const further = () => follow({ levels: outer, uses }, path);
  if (level instanceof Names) {
    const { found, rest } = longest(level, segments);
    if (found === undefined) return further();
    if (found.column !== undefined) uses.add(found.column);
    return descend(found, rest);
  }
  const inner = inJson(asJson(level), segments);
  const other = further();
  return textValue(other === undefined ? inner : sql`coalesce(${inner}, ${asText(other)})`);
}

/** The value under as many segments as make one name, since a name may hold dots itself, and the segments after it. */
export function longest<Item>(
  names: Names<Item>,
  segments: readonly string[],
): { found?: Item; rest: readonly string[] } {
  const end = segments.findIndex((segment) => segment === '*' || segment.startsWith('['));
  for (let length = end === -1 ? segments.length : end; length > 0; length -= 1) {
    const found = names.find(segments.slice(0, length).join('.'));
    if (found !== undefined) return { found, rest: segments.slice(length) };
  }
  return { rest: segments };
}

/** `a.b[0][]` as `a`, `b`, `[0]`, `[]`. */
export function segmentsOf(path: string): string[] {
  return path
    .replace(/\[(-?\d*)\]/g, '.[$1]')
    .replace(/^\./, '')
    .split('.');
}

/** Follows names and positions from a value on. */
export function descend(from: Value, segments: readonly string[]): Value | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return from;
  const { value, type } = from;
  if (type.kind === 'struct') return descendStruct(from, segments);
  if (type.kind === 'list' && /^\[-?\d+\]$/.test(segment)) {
    const index = Number(segment.slice(1, -1));
    const item = sql`list_extract(${value}, ${index < 0 ? index : index + 1})`;
    return descend({ value: item, type: type.item, isCertain: false }, rest);
  }
  if (type.kind === 'scalar' && type.name !== 'VARCHAR') return undefined;
  return textValue(inJson(asJson(from), segments));
}

/** Any name gives the first value that is there. */
function descendStruct(from: Value, segments: readonly string[]): Value | undefined {
  const fields = fieldsOf(from);
  if (segments[0] !== '*') {
    const { found, rest } = longest(fields, segments);
    return found === undefined ? undefined : descend(found, rest);
  }
  const all = [...fields.values()].flatMap((field) => descend(field, segments.slice(1)) ?? []);
  return all.length === 0 ? undefined : textValue(sql`coalesce(${join(all.map(asText))})`);
}

/** A value as JSON; text that is no JSON is NULL. */
export function asJson({ value, type }: Value): Sql {
  if (type.kind === 'json') return value;
  if (type.kind === 'scalar') return sql`try_cast(${value} AS JSON)`;
  return sql`to_json(${value})`;
}

/** A value as text; what has parts is written as JSON. */
export function asText({ value, type }: Value): Sql {
  if (type.kind === 'json') return sql`json_extract_string(${value}, '$')`;
  if (type.kind !== 'scalar') return sql`to_json(${value})::VARCHAR`;
  return type.name === 'VARCHAR' ? value : sql`(${value})::VARCHAR`;
}

/** The text at a path inside JSON; of several, one under another. */
function inJson(json: Sql, segments: readonly string[]): Sql {
  const steps = segments.map((segment) => {
    if (segment === '*') return '.*';
    if (segment === '[]') return '[*]';
    if (segment.startsWith('[')) return segment.replace('[-', '[#-');
    return `."${segment.replaceAll('"', '')}"`;
  });
  const found = sql`json_extract_string(${json}, ${`$${steps.join('')}`})`;
  if (!segments.includes('*') && !segments.includes('[]')) return found;
  return sql`nullif(array_to_string(${found}, chr(10)), '')`;
}

/** The text at a path inside a value that is, or holds, JSON. */
export function jsonAt(from: Value, path: string): Sql {
  // JSON may hold JSON as a text: taking the text first reads both.
  const json = from.type.kind === 'json' ? sql`try_cast(${asText(from)} AS JSON)` : asJson(from);
  return inJson(json, segmentsOf(path));
}
