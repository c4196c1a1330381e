import { readFile, stat } from 'node:fs/promises';
import { Table } from 'apache-arrow';
import { textVector } from '../engine/arrow-text.ts';
import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { SideTable, SideTables } from '../model/side-tables.ts';
import { InputError, messageOf } from '../util/errors.ts';
import { columnPositions, type RawTable, readRows, splitTable } from '../util/small-table.ts';
import { dropSecrets } from './secrets.ts';
import { bansShape, declaredShape, joinShape, releasesShape, type SideShape } from './side-shapes.ts';

/** A text beyond this does not fit into one string beside its cells. */
const mostBytes = 256 * 2 ** 20;

/** Reads the files beside the log that the configuration names. Throws `InputError` that names file, line and column. */
export async function readSideTables(context: RunContext): Promise<SideTables> {
  const { join: joined, declared, releases, bans } = context.config.sideFiles;
  const one = (path: string | undefined) => (path === undefined ? [] : [path]);
  const tables = {
    joined: await load(context, joined, joinShape),
    declared: await load(context, one(declared), declaredShape),
    bans: await load(context, one(bans), bansShape),
    releases: await load(context, one(releases), releasesShape),
  };
  return Object.fromEntries(Object.entries(tables).filter(([, table]) => table !== undefined));
}

/** Loads files of one shape into one relation: the columns of the shape as text, and `path`, `file` (from 0) and `line`. */
async function load(context: RunContext, paths: readonly string[], shape: SideShape): Promise<SideTable | undefined> {
  if (paths.length === 0) return undefined;
  const names = Object.keys(shape.columns);
  const definitions = [...names, 'path', 'file', 'line'].map((name) => sql`${identifier(name)} VARCHAR`);
  await context.engine.execute(sql`CREATE TABLE ${identifier(shape.relation)} (${join(definitions)})`);
  const columns = new Set<string>();
  async function* tables() {
    for (const [file, path] of paths.entries()) {
      const table = await readTable(context, path, shape);
      for (const name of columnPositions(table.header, shape.columns).keys()) columns.add(name);
      const rows = readRows(table, shape);
      const texts = names.map((name) => rows.map(({ value }) => value[name] || null));
      const places = [rows.map(() => path), rows.map(() => String(file)), rows.map(({ line }) => String(line))];
      yield new Table(
        Object.fromEntries([...texts, ...places].map((cells, index) => [`c${index}`, textVector(cells)])),
      );
    }
  }
  await context.engine.append(shape.relation, tables());
  return { relation: shape.relation, columns, paths };
}

async function readTable({ emit }: RunContext, path: string, { hint }: SideShape): Promise<RawTable> {
  const cannotRead = (cause: unknown) => new InputError(`${path}: cannot be read (${messageOf(cause)})`, hint, cause);
  const { size } = await stat(path).catch((cause) => {
    throw cannotRead(cause);
  });
  if (size > mostBytes) throw new InputError(`${path}: too large for a side table`, 'export only the columns it needs');
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw cannotRead(cause);
  });
  const { table, dropped } = dropSecrets(splitTable(text, path, hint));
  for (const [column, reason] of dropped)
    emit({ kind: 'warning', text: `${path}: column ${column} is left out, for ${reason}` });
  return table;
}
