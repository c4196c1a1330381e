import type { RunContext } from '../engine/context.ts';
import { presentText } from '../engine/present.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import { type CanonicalColumn, canonicalColumns, identityColumns } from '../model/column.ts';
import { declaredKeys, type SideTable, type SideTables } from '../model/side-tables.ts';
import { cellError } from '../util/small-table.ts';
import { count } from '../util/text.ts';
import { toInstant } from './instant.ts';

/** Where a row stands among all rows of its relation: the first one wins. */
const position = sql`file::BIGINT * 1000000000 + line::BIGINT`;

/**
 * Makes the relations of side tables and fills `identities` with what they know of its accounts. `own` are the columns of
 * the log; those returned are what it has with them.
 */
export async function applySideTables(
  context: RunContext,
  side: SideTables,
  own: ReadonlySet<CanonicalColumn>,
): Promise<Pick<Calls, 'columns' | 'declared' | 'bans' | 'releases'>> {
  const { declared, bans, releases } = side;
  if (bans !== undefined) await createDated(context, bans.relation, 'bans', 'account_id', 'banned_at');
  if (releases !== undefined) await createDated(context, releases.relation, 'releases', 'model', 'released_at');
  const columns = new Set([...own, ...(await fillIdentities(context, side, own))]);
  if (declared !== undefined) await createDeclared(context, declared, columns);
  return {
    columns,
    ...(declared === undefined ? {} : { declared: 'declared' }),
    ...(bans === undefined ? {} : { bans: 'bans' }),
    ...(releases === undefined ? {} : { releases: 'releases' }),
  };
}

/**
 * Fills the relation `identities` with what side tables know of its accounts, where the log itself says nothing, and
 * returns the columns that it then has beside those of the log. `columns` are those of the log.
 */
async function fillIdentities(
  context: RunContext,
  side: SideTables,
  columns: ReadonlySet<CanonicalColumn>,
): Promise<CanonicalColumn[]> {
  const { joined, bans } = side;
  if (joined === undefined && bans === undefined) return [];
  const known = identityColumns.filter((name) => joined?.columns.has(name) === true);
  if (joined !== undefined) await createKnown(context, joined, known);
  const filled = identityColumns.filter((name) => columns.has(name) || isIn(known, name) || isBanColumn(bans, name));
  const values = filled.map(
    (name) => sql`${filledValue(name, columns, isIn(known, name), bans)} AS ${identifier(name)}`,
  );
  const joins = [
    ...(joined === undefined ? [] : [sql`LEFT JOIN known k USING (account_id)`]),
    ...(bans === undefined ? [] : [sql`LEFT JOIN bans b USING (account_id)`]),
  ];
  await context.engine.execute(sql`
    CREATE OR REPLACE TABLE identities AS
    SELECT account_id, ${join(values)}, sum(queries) AS queries FROM identities i ${join(joins, ' ')} GROUP BY ALL`);
  return filled.filter((name) => !columns.has(name));
}

function isIn(names: readonly CanonicalColumn[], name: CanonicalColumn): boolean {
  return names.includes(name);
}

function isBanColumn(bans: SideTable | undefined, name: CanonicalColumn): boolean {
  return bans !== undefined && name === 'account_status';
}

function filledValue(
  name: CanonicalColumn,
  columns: ReadonlySet<CanonicalColumn>,
  isKnown: boolean,
  bans: SideTable | undefined,
): Sql {
  const own = sql`i.${identifier(name)}`;
  const values = [
    ...(isBanColumn(bans, name) ? [sql`CASE WHEN b.account_id IS NOT NULL THEN 'banned' END`] : []),
    ...(columns.has(name) ? [canonicalColumns[name] === 'text' ? presentText(own) : own] : []),
    ...(isKnown ? [sql`k.${identifier(name)}`] : []),
  ];
  return sql`coalesce(${join(values)})`;
}

/** Makes relation `known`: a row an account, of several values of one column the first. Tells how many accounts it found. */
async function createKnown(
  context: RunContext,
  { relation, columns, paths }: SideTable,
  known: readonly CanonicalColumn[],
): Promise<void> {
  const { engine, config } = context;
  if (columns.has('account_created_at')) await requireInstants(context, relation, 'account_created_at');
  const byKey = sql`
    SELECT t.* REPLACE (c.account_id AS account_id) FROM ${identifier(relation)} t
    JOIN (SELECT DISTINCT account_id, api_key_id FROM calls WHERE api_key_id IS NOT NULL) c USING (api_key_id)
    WHERE t.account_id IS NULL`;
  const byAccount = sql`SELECT * FROM ${identifier(relation)} WHERE account_id IN (SELECT account_id FROM identities)`;
  const values = known.map((name) => {
    const text = presentText(identifier(name));
    const value = canonicalColumns[name] === 'instant' ? toInstant(text, 'VARCHAR', config.inputTimeZone) : text;
    return sql`arg_min(${value}, ${position}) FILTER (${text} IS NOT NULL) AS ${identifier(name)}`;
  });
  const differing = known.map((name) => sql`count(DISTINCT ${presentText(identifier(name))}) > 1`);
  await engine.execute(sql`
    CREATE TABLE known AS
    SELECT account_id, ${join([...values, sql`${join([...differing, sql`false`], ' OR ')} AS is_ambiguous`])}
    FROM (${columns.has('api_key_id') ? sql`${byAccount} UNION ALL ${byKey}` : byAccount}) GROUP BY account_id`);
  await tellKnown(context, paths.join(', '), known);
}

/** Says how many accounts side tables know, and where they contradict themselves. */
async function tellKnown({ engine, emit }: RunContext, paths: string, known: readonly string[]): Promise<void> {
  const rows = await engine.query(sql`
    SELECT count(*)::INTEGER AS accounts, count(*) FILTER (is_ambiguous)::INTEGER AS ambiguous,
      (SELECT count(DISTINCT account_id) FROM identities)::INTEGER AS of_log
    FROM known`);
  for (const { accounts, ambiguous, of_log } of rows) {
    if (accounts === 0) emit({ kind: 'warning', text: `${paths}: none of its accounts is in the log` });
    const share = `${count(accounts)} of ${count(of_log, 'account')}`;
    emit({ kind: 'note', text: `${paths}: fills ${known.join(', ')} of ${share}` });
    if (ambiguous === 0) continue;
    const text = `${paths}: ${count(ambiguous, 'account')} with several values of one column; the first is taken`;
    emit({ kind: 'warning', text });
  }
}

/** Makes relation `declared`: `account_id`, `name` and `kind` (or NULL) of each account that a declared entity owns. */
async function createDeclared(
  { engine, emit }: RunContext,
  { relation, columns, paths }: SideTable,
  available: ReadonlySet<CanonicalColumn>,
): Promise<void> {
  const keys = declaredKeys.filter((key) => columns.has(key));
  for (const key of keys) {
    if (available.has(key)) continue;
    emit({ kind: 'warning', text: `${paths.join(', ')}: column ${key} says nothing, for the log has no ${key}` });
  }
  const selects = keys
    .filter((key) => available.has(key))
    .map((key) => {
      const own = presentText(sql`i.${identifier(key)}`);
      const value = key === 'email_domain' ? sql`lower(${own})` : own;
      return sql`
        SELECT i.account_id, d.name, d.kind, ${position} AS position
        FROM ${identifier(relation)} d JOIN identities i ON ${value} = d.${identifier(key)}`;
    });
  const rows =
    selects.length === 0
      ? sql`SELECT '' AS account_id, name, kind, 0 AS position FROM ${identifier(relation)} WHERE false`
      : join(selects, ' UNION ALL ');
  await engine.execute(sql`
    CREATE TABLE declared AS
    SELECT account_id, arg_min(name, position) AS name, arg_min(kind, position) AS kind FROM (${rows}) GROUP BY account_id`);
}

/** Makes a relation of things and when they happened, of several dates the first. */
async function createDated(context: RunContext, source: string, target: string, key: string, date: string) {
  await requireInstants(context, source, date);
  const instant = toInstant(identifier(date), 'VARCHAR', context.config.inputTimeZone);
  await context.engine.execute(sql`
    CREATE TABLE ${identifier(target)} AS
    SELECT ${identifier(key)}, min(${instant}) AS ${identifier(date)} FROM ${identifier(source)} GROUP BY ${identifier(key)}`);
}

/** Throws `InputError` for the first row whose time does not parse or lies in no year that a log can be from. */
async function requireInstants({ engine, config }: RunContext, relation: string, column: string): Promise<void> {
  const text = presentText(identifier(column));
  const rows = await engine.query(sql`
    SELECT path, line::INTEGER AS line, ${identifier(column)} AS given FROM ${identifier(relation)}
    WHERE ${text} IS NOT NULL
      AND (${toInstant(text, 'VARCHAR', config.inputTimeZone)} BETWEEN TIMESTAMP '2000-01-01' AND TIMESTAMP '2100-01-01') IS NOT TRUE
    ORDER BY ${position} LIMIT 1`);
  for (const { path, line, given } of rows) {
    const hint = 'write it as ISO 8601, as a date, or as a number since 1970';
    throw cellError(path, line, column, `expected a time between 2000 and 2100, not ${given}`, hint);
  }
}
