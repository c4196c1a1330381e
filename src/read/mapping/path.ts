import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { plainName } from '../../util/text.ts';
import { parseType, type ValueType } from './value-type.ts';

/** A piece of SQL and what it holds. */
export interface Value {
  readonly value: Sql;
  readonly type: ValueType;
  /** Whether the schema itself says that the path exists; inside JSON only the rows can tell. */
  readonly isCertain: boolean;
}

/** Where paths start. */
export interface Scope {
  /** Named values, or JSON that may hold any name; the nearest first: the item of a list before the row that it stands in. */
  readonly levels: readonly (ReadonlyMap<string, Value> | Value)[];
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
    { value: identifier(name), type: parseType(type), isCertain: true },
  ]);
  return { levels: [new Map(columns)], uses: new Set() };
}

/** The fields of a value that has a fixed set of them. */
function fieldsOf({ value, type, isCertain }: Value): ReadonlyMap<string, Value> {
  if (type.kind !== 'struct') return new Map();
  const fields = [...type.fields].map(([name, field]): [string, Value] => [
    name,
    { value: sql`struct_extract(${value}, ${name})`, type: field, isCertain },
  ]);
  return new Map(fields);
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
  if (!('get' in level)) {
    const inner = inJson(asJson(level), segments);
    const other = follow({ levels: outer, uses }, path);
    return textValue(other === undefined ? inner : sql`coalesce(${inner}, ${asText(other)})`);
  }
  for (let length = segments.length; length > 0; length -= 1) {
    const name = nameIn(level, segments.slice(0, length).join('.'));
    const start = name === undefined ? undefined : level.get(name);
    if (name === undefined || start === undefined) continue;
    if (outer.length === 0) uses.add(name);
    return descend(start, segments.slice(length));
  }
  return follow({ levels: outer, uses }, path);
}

/** `a.b[0][]` as `a`, `b`, `[0]`, `[]`. */
export function segmentsOf(path: string): string[] {
  return path
    .replace(/\[(-?\d*)\]/g, '.[$1]')
    .replace(/^\./, '')
    .split('.');
}

/** The name that is there for a wanted one: itself, else one that differs in case and punctuation only. */
export function nameIn(names: { keys(): Iterable<string> }, wanted: string): string | undefined {
  const plainWanted = plainName(wanted);
  let similar: string | undefined;
  for (const name of names.keys()) {
    if (name === wanted) return name;
    if (similar === undefined && plainName(name) === plainWanted) similar = name;
  }
  return similar;
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

/** A name with dots is tried whole first; any name gives the first value that is there. */
function descendStruct(from: Value, segments: readonly string[]): Value | undefined {
  const fields = fieldsOf(from);
  if (segments[0] === '*') {
    const found = [...fields.values()].flatMap((field) => descend(field, segments.slice(1)) ?? []);
    const [first] = found;
    if (first === undefined) return undefined;
    const values = join(found.map((item) => asText(item)));
    return textValue(sql`coalesce(${values})`);
  }
  for (let length = segments.length; length > 0; length -= 1) {
    const name = nameIn(fields, segments.slice(0, length).join('.'));
    const field = name === undefined ? undefined : fields.get(name);
    if (field !== undefined) return descend(field, segments.slice(length));
  }
  return undefined;
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
