import type { Dialect } from '../engine/dialect.ts';
import { presentText } from '../engine/present.ts';
import { identifier, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';

/** Never kept, whoever may want them: what models answered stays in the export, and tools are known by their hash. */
export const droppedTexts: ReadonlySet<CanonicalColumn> = new Set(['completion', 'tools']);

/** What is computed from a text where the log does not bring it. Until templates are mined, each prompt is one of its own. */
const hashed: readonly { readonly text: CanonicalColumn; readonly hash: CanonicalColumn }[] = [
  { text: 'prompt', hash: 'prompt_hash' },
  { text: 'prompt', hash: 'template_hash' },
  { text: 'system_prompt', hash: 'system_prompt_hash' },
  { text: 'tools', hash: 'tools_hash' },
];

/** The hash columns that can be had from the texts of a relation, each as given or else computed. */
export function hashColumns(dialect: Dialect, has: (name: CanonicalColumn) => boolean): Map<CanonicalColumn, Sql> {
  const columns = new Map<CanonicalColumn, Sql>();
  for (const { text, hash } of hashed) {
    if (!has(text)) continue;
    const computed = dialect.digest(presentText(sql`${identifier(text)}::VARCHAR`));
    const given = identifier(hash);
    columns.set(hash, has(hash) ? sql`coalesce(${presentText(sql`${given}::VARCHAR`)}, ${computed})` : computed);
  }
  return columns;
}
