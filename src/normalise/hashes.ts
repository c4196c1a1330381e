import type { Dialect } from '../engine/dialect.ts';
import { presentText } from '../engine/present.ts';
import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/** Never kept, whoever may want them: what models answered stays in the export, and tools are known by their hash. */
export const droppedTexts: ReadonlySet<CanonicalColumn> = new Set(['completion', 'tools']);

/** What is computed from a text where the log does not bring it. */
const hashed: readonly {
  readonly text: CanonicalColumn;
  readonly hash: CanonicalColumn;
  readonly isMasked: boolean;
}[] = [
  { text: 'prompt', hash: 'prompt_hash', isMasked: false },
  { text: 'prompt', hash: 'template_hash', isMasked: true },
  { text: 'system_prompt', hash: 'system_prompt_hash', isMasked: false },
  { text: 'tools', hash: 'tools_hash', isMasked: false },
];

/** What changes from one filling of a template to the next, in the order in which it is taken out. */
const masks: readonly (readonly [pattern: string, mask: string])[] = [
  ['(?s)```.*?(?:```|$)|`[^`\\n]*`', '<code>'],
  ['[a-z]+://[^\\s<>")\\]]+', '<url>'],
  ['"[^"\\n]*"|“[^”\\n]*”|«[^»\\n]*»|„[^“”\\n]*[“”]', '<quote>'],
  ["(^|[\\s(:=])'[^'\\n]+'", '\\1<quote>'],
  ['\\w*[0-9]\\w*(?:[-.,:/@]\\w*[0-9]\\w*)*', '<number>'],
  ['\\s+', ' '],
];

/** A prompt with numbers, identifiers, addresses, quoted spans and code replaced by their kind: what is left is its template. */
export function masked(text: Sql): Sql {
  return masks.reduce(
    (sofar, [pattern, mask]) => sql`regexp_replace(${sofar}, ${pattern}, ${mask}, 'g')`,
    sql`lower(${text})`,
  );
}

/** The hash columns that can be had from the texts of a relation, each as given or else computed. */
export function hashColumns(dialect: Dialect, has: (name: CanonicalColumn) => boolean): Map<CanonicalColumn, Sql> {
  const columns = new Map<CanonicalColumn, Sql>();
  for (const { text, hash, isMasked } of hashed) {
    if (!has(text)) continue;
    const present = presentText(sql`${identifier(text)}::VARCHAR`);
    const computed = dialect.digest(isMasked ? sql`trim(${masked(present)})` : present);
    const given = identifier(hash);
    columns.set(hash, has(hash) ? sql`coalesce(${presentText(sql`${given}::VARCHAR`)}, ${computed})` : computed);
  }
  return columns;
}
