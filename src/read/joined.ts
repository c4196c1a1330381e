import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { CanonicalColumn } from '../model/column.ts';
import { groupBy } from '../util/group.ts';
import type { MappedLayout } from './mapped.ts';
import { compile } from './mapping/compile.ts';
import type { Expression } from './mapping/expression.ts';
import { asText } from './mapping/path.ts';

/** One input and its rows with canonical columns. */
export interface CanonicalInput {
  readonly mapped: MappedLayout;
  /** Queries of its rows, with more columns over its own ones beside the canonical and the carried. */
  select(more: readonly Sql[]): Sql[];
}

/** Rows of one format. */
interface Rows {
  readonly query: Sql;
  readonly columns: readonly CanonicalColumn[];
}

const partOrder = identifier('part order');
const keyName = (position: number): string => `join key ${position}`;

/** Texts of parts are put end to end; of everything else the first counts. */
const continued: readonly CanonicalColumn[] = ['prompt', 'completion'];

/**
 * All rows of the inputs, as queries. Rows of one format that make one call are put together, and rows of two formats that
 * are about one call are joined on what both name it by. Rows that find no partner stay as they are, except that a side table
 * has no calls of its own. `carried` are columns beside the canonical ones.
 */
export function joinInputs(inputs: readonly CanonicalInput[], carried: readonly string[]): Sql[] {
  const formats = groupBy(inputs, ({ mapped }) => mapped.match?.preset.name ?? '');
  const presetOf = (name: string) => formats.get(name)?.[0]?.mapped.match?.preset;
  const partners = new Set<string>();
  const joinedRows: Sql[] = [];
  for (const [name, own] of formats) {
    const joins = (presetOf(name)?.join ?? []).filter((one) => formats.has(one.preset));
    if (joins.length === 0) continue;
    let rows = rowsOf(
      own,
      joins.map(({ on }) => on),
      carried,
    );
    for (const [position, { preset, equals, take }] of joins.entries()) {
      const other = rowsOf(formats.get(preset) ?? [], [equals], carried);
      const isSideTable = presetOf(preset)?.grain === 'side-table';
      rows = joinRows(rows, other, { take, key: keyName(position), isSideTable, carried });
      partners.add(preset);
    }
    partners.add(name);
    joinedRows.push(rows.query);
  }
  const alone = [...formats].filter(([name]) => !partners.has(name));
  return [...joinedRows, ...alone.flatMap(([, own]) => separateRows(own, carried))];
}

function separateRows(inputs: readonly CanonicalInput[], carried: readonly string[]): Sql[] {
  const combine = inputs[0]?.mapped.match?.preset.combine;
  return combine === undefined ? inputs.flatMap(({ select }) => select([])) : [rowsOf(inputs, [], carried).query];
}

/** Rows of one format with the texts at `keys` as columns, parts put together. */
function rowsOf(inputs: readonly CanonicalInput[], keys: readonly Expression[], carried: readonly string[]): Rows {
  const combine = inputs[0]?.mapped.match?.preset.combine;
  const selects = inputs.flatMap(({ mapped, select }) => {
    const text = (expression: Expression): Sql => {
      const value = compile(expression, mapped.exploded.scope);
      return value === undefined ? sql`NULL::VARCHAR` : asText(value);
    };
    const named = keys.map((key, position) => sql`${text(key)} AS ${identifier(keyName(position))}`);
    const order = combine === undefined ? [] : [sql`try_cast(${text(combine.order)} AS DOUBLE) AS ${partOrder}`];
    return select([...named, ...order]);
  });
  const columns = [...new Set(inputs.flatMap(({ mapped }) => [...mapped.mapping.keys()]))];
  const query = join(selects, ' UNION ALL BY NAME ');
  if (combine === undefined) return { query, columns };
  return {
    query: combined(query, columns, combine.by, [...keys.map((_, position) => keyName(position)), ...carried]),
    columns,
  };
}

function combined(
  parts: Sql,
  columns: readonly CanonicalColumn[],
  by: CanonicalColumn,
  others: readonly string[],
): Sql {
  const values = columns.map((name) => {
    const column = identifier(name);
    if (name === by) return column;
    if (continued.includes(name)) return sql`string_agg(${column}, '' ORDER BY ${partOrder}) AS ${column}`;
    return sql`arg_min(${column}, ${partOrder}) AS ${column}`;
  });
  const rest = others.map((name) => sql`min(${identifier(name)}) AS ${identifier(name)}`);
  return sql`SELECT ${join([...values, ...rest])} FROM (${parts}) GROUP BY ${identifier(by)}`;
}

interface JoinOptions {
  /** Columns that the other knows better. */
  readonly take: readonly CanonicalColumn[];
  /** Column of `own`; in `other` it is the first key. */
  readonly key: string;
  readonly isSideTable: boolean;
  readonly carried: readonly string[];
}

/** Every row of `own` with what the other knows of it; unless that is a side table, its rows without a partner as well. */
function joinRows(own: Rows, other: Rows, { take, key, isSideTable, carried }: JoinOptions): Rows {
  const isOwn = sql`own.${identifier(present)}`;
  const select = (name: string, isKnown: { own: boolean; other: boolean }): Sql => {
    const column = identifier(name);
    if (!isKnown.other) return sql`own.${column}`;
    if (!isKnown.own) return sql`other.${column}`;
    if (take.some((one) => one === name)) return sql`coalesce(other.${column}, own.${column}) AS ${column}`;
    return sql`CASE WHEN ${isOwn} THEN own.${column} ELSE other.${column} END AS ${column}`;
  };
  const columns = isSideTable
    ? [...new Set([...own.columns, ...take.filter((name) => other.columns.includes(name))])]
    : [...new Set([...own.columns, ...other.columns])];
  const values = columns.map((name) =>
    select(name, {
      own: own.columns.includes(name),
      other: other.columns.includes(name) && (!isSideTable || take.includes(name)),
    }),
  );
  const places = carried.map((name) => select(name, { own: true, other: !isSideTable }));
  const kind = isSideTable ? sql`LEFT` : sql`FULL`;
  const query = sql`
    SELECT ${join([...values, ...places])}, own.* EXCLUDE (${join([...own.columns, ...carried, present].map(identifier))})
    FROM (SELECT *, true AS ${identifier(present)} FROM (${own.query})) own
    ${kind} JOIN (${uniqueKeys(other, carried)}) other ON own.${identifier(key)} = other.${identifier(keyName(0))}`;
  return { query, columns };
}

const present = 'is own';

/** A key that comes more than once stands in the first row only, so that no row finds two partners. */
function uniqueKeys({ query, columns }: Rows, carried: readonly string[]): Sql {
  const key = identifier(keyName(0));
  const order = join([...columns, ...carried].map(identifier));
  return sql`SELECT * REPLACE (CASE WHEN row_number() OVER (PARTITION BY ${key} ORDER BY ${order}) = 1 THEN ${key} END AS ${key})
    FROM (${query})`;
}
