import { extname, join as joinPath } from 'node:path';
import { DataType, type Table } from 'apache-arrow';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Reject } from '../model/calls.ts';
import { accountsArrow, accountsCsv } from '../report/accounts.ts';
import { UsageError } from '../util/errors.ts';
import { csvCell } from '../util/escape.ts';
import type { Output } from './output.ts';

/** Writes the account table in the format that the file's extension names. */
export async function writeAccounts(engine: Engine, accounts: Table, output: Output): Promise<void> {
  const extension = extname(output.path).toLowerCase();
  if (extension === '.csv') for (const chunk of accountsCsv(accounts)) await output.write(chunk);
  else if (extension === '.arrow') await output.write(accountsArrow(accounts));
  else if (extension === '.parquet') await output.copyFrom(await parquetOf(engine, accounts));
  else
    throw new UsageError(
      `${output.path}: accounts can be written as .csv, .parquet or .arrow`,
      'use one of these extensions',
    );
}

/** The engine may write to its work directory only; the file moves from there. */
async function parquetOf(engine: Engine, accounts: Table): Promise<string> {
  const columns = accounts.schema.fields.map((field) => {
    const type = DataType.isUtf8(field.type) || DataType.isDictionary(field.type) ? sql`VARCHAR` : sql`DOUBLE`;
    return sql`${identifier(field.name)} ${type}`;
  });
  await engine.execute(sql`CREATE OR REPLACE TABLE account_rows (${join(columns)})`);
  async function* once() {
    yield accounts;
  }
  await engine.append('account_rows', once());
  const path = joinPath(engine.workDirectory, 'accounts.parquet');
  await engine.execute(sql`COPY account_rows TO ${path} (FORMAT parquet)`);
  return path;
}

/** Writes rejected rows as CSV. */
export async function writeRejects(rejects: AsyncIterable<Reject>, output: Output): Promise<void> {
  await output.write('file,line,reason\n');
  for await (const { path, line, reason } of rejects)
    await output.write(`${csvCell(path)},${line},${csvCell(reason)}\n`);
}
