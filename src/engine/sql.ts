import type { Sql } from '../model/sql.ts';

export type { Sql } from '../model/sql.ts';

type SqlValue = Sql | string | number | bigint | boolean | null;

/**
 * Builds SQL. Pieces of SQL are put in as they are, every other value as a quoted literal:
 * sql`SELECT * FROM ${identifier(name)} WHERE model = ${model}`.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  let text = strings[0] ?? '';
  values.forEach((value, position) => {
    text += literal(value) + (strings[position + 1] ?? '');
  });
  return { kind: 'sql', text };
}

/** A table or column name, quoted. */
export function identifier(name: string): Sql {
  return { kind: 'sql', text: `"${name.replaceAll('"', '""')}"` };
}

/** Pieces with a separator between them; nothing for an empty list. */
export function join(pieces: readonly Sql[], separator = ', '): Sql {
  return { kind: 'sql', text: pieces.map((piece) => piece.text).join(separator) };
}

/** The empty piece, for an optional clause. */
export const nothing: Sql = { kind: 'sql', text: '' };

function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'object') return value.text;
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`${value} has no SQL literal`);
  return String(value);
}
