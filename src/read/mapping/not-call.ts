import { join, type Sql, sql } from '../../engine/sql.ts';
import { compile } from './compile.ts';
import { asText, type Scope } from './path.ts';
import type { Preset } from './preset.ts';

/** Why a row is no call of a model, as its preset has it, or NULL; nothing where it has no conditions. */
export function notACall(conditions: Preset['calls'], scope: Scope): Sql[] {
  const cases = conditions.flatMap((condition) => {
    const value = compile(condition.value, scope);
    return value === undefined ? [] : [sql`WHEN ${fails(condition, asText(value))} THEN ${condition.otherwise}`];
  });
  return cases.length === 0 ? [] : [sql`CASE ${join(cases, ' ')} END`];
}

function fails({ in: among, notIn }: Preset['calls'][number], value: Sql): Sql {
  const list = (values: readonly string[]) => join(values.map((one) => sql`${one}`));
  if (among !== undefined) return sql`coalesce(${value} NOT IN (${list(among)}), true)`;
  if (notIn !== undefined) return sql`coalesce(${value} IN (${list(notIn)}), false)`;
  return sql`coalesce(${value}, '') = ''`;
}
