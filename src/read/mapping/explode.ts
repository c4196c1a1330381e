import { identifier, type Sql, sql } from '../../engine/sql.ts';
import { asJson, follow, type Scope, type Value, within } from './path.ts';

/** Rows that come from lists inside other rows. */
export interface Exploded {
  readonly scope: Scope;
  /** A query of the rows with the items beside them, over a query of the outer rows. */
  rows(outer: Sql): Sql;
}

/** Makes a row of each item of the lists at the given paths, from the outside in. A list that is not there is passed over. */
export function explode(scope: Scope, paths: readonly string[]): Exploded {
  let exploded: Exploded = { scope, rows: (outer) => outer };
  for (const [position, path] of paths.entries()) {
    const list = follow(exploded.scope, path);
    if (list !== undefined) exploded = unnest(exploded, list, identifier(`item ${position + 1}`));
  }
  return exploded;
}

function unnest({ scope, rows }: Exploded, list: Value, name: Sql): Exploded {
  const isTyped = list.type.kind === 'list';
  const type = list.type.kind === 'list' ? list.type.item : { kind: 'json' as const };
  const items = isTyped ? list.value : sql`json_extract(${asJson(list)}, '$[*]')`;
  return {
    scope: within({ value: name, type, isCertain: isTyped && list.isCertain }, scope),
    rows: (outer) => sql`SELECT *, unnest(${items}) AS ${name} FROM (${rows(outer)})`,
  };
}
