/** What a value of the engine holds, as far as a path can lead into it. */
export type ValueType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'json' }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, ValueType> }
  | { readonly kind: 'list'; readonly item: ValueType }
  | { readonly kind: 'map' };

/** Reads a type as the engine writes it, for example `STRUCT("key" VARCHAR, "value" DECIMAL(18,3))[]`. */
export function parseType(text: string): ValueType {
  const type = text.trim();
  if (/\[\d*\]$/.test(type)) return { kind: 'list', item: parseType(type.slice(0, type.lastIndexOf('['))) };
  if (type === 'JSON') return { kind: 'json' };
  if (type.startsWith('MAP(')) return { kind: 'map' };
  if (!type.startsWith('STRUCT(')) return { kind: 'scalar', name: type };
  const fields = splitFields(type.slice('STRUCT('.length, -1)).map((field): [string, ValueType] => {
    const name = /^"(?:[^"]|"")*"|^\S+/.exec(field)?.[0] ?? '';
    return [unquoted(name), parseType(field.slice(name.length))];
  });
  return { kind: 'struct', fields: new Map(fields) };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** The parts between the commas of the outermost level; quoted names may hold anything. */
function splitFields(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"' || character === "'") isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth === 0) {
      fields.push(text.slice(start, position).trim());
      start = position + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' ? fields : [...fields, last];
}
