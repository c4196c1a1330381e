import { identifier, type Sql, sql } from '../../engine/sql.ts';
import { follow, type Scope, textValue, type Value, within } from './path.ts';

/** Rows that come from lists inside other rows. */
export interface Exploded {
  readonly scope: Scope;
  /** A query of the rows with the items beside them, over a query of the outer rows. */
  rows(outer: Sql): Sql;
}

/**
 * Makes a row of each item of the lists at the given paths, from the outside in. A list that is not there is passed over: the
 * container may have taken it apart already.
 */
export function explode(scope: Scope, paths: readonly string[]): Exploded {
  let exploded: Exploded = { scope, rows: (outer) => outer };
  for (const [position, path] of paths.entries()) {
    const list = follow(exploded.scope, path);
    if (list !== undefined) exploded = unnest(exploded, list, `item ${position + 1}`);
  }
  return exploded;
}

function unnest({ scope, rows }: Exploded, list: Value, name: string): Exploded {
  const item = identifier(name);
  if (list.type.kind === 'list') {
    const value: Value = { value: item, type: list.type.item, isCertain: list.isCertain };
    return {
      scope: within(value, scope),
      rows: (outer) => sql`SELECT *, unnest(${list.value}) AS ${item} FROM (${rows(outer)})`,
    };
  }
  const items = sql`json_extract(${list.type.kind === 'json' ? list.value : textValue(list.value).value}, '$[*]')`;
  return {
    scope: within({ value: item, type: { kind: 'json' }, isCertain: false }, scope),
    rows: (outer) => sql`SELECT *, unnest(${items}) AS ${item} FROM (${rows(outer)})`,
  };
}
