import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { read } from '../../src/read/read.ts';
import { jsonText } from '../../src/report/json.ts';
import { normaliseAll, scanPaths, withContext } from '../support/world.ts';

const names = ['timestamp', 'account_id', 'ip', 'user_agent', 'template_hash', 'input_tokens', 'status'] as const;

/** Two hundred calls by twenty accounts, four of which share what strangers rarely share; quotes, commas and line ends. */
const rows = Array.from({ length: 200 }, (_, call) => {
  const account = call % 20;
  return {
    timestamp: new Date(Date.UTC(2026, 1, 3) + call * 61_000).toISOString(),
    account_id: `account "${account}", é`,
    ip: account < 4 ? '192.0.2.7' : `198.51.100.${account}`,
    user_agent: call % 7 === 0 ? 'agent\nof two lines' : 'agent',
    template_hash: account < 4 ? 'shared' : `own-${account}`,
    input_tokens: 100 + call,
    status: 200,
  };
});

const quoted = (cell: string, quote = '"') => `${quote}${cell.replaceAll(quote, quote + quote)}${quote}`;
const delimited = (delimiter: string, quote = '"') =>
  [
    names.join(delimiter),
    ...rows.map((row) => names.map((name) => quoted(String(row[name]), quote)).join(delimiter)),
  ].join('\r\n');
const lines = rows.map((row) => JSON.stringify(row)).join('\n');
const arrowTable = () =>
  tableFromArrays(Object.fromEntries(names.map((name) => [name, rows.map((row) => String(row[name]))])));

const contents: Readonly<Record<string, () => string | Uint8Array>> = {
  'comma.csv': () => delimited(','),
  'tab.tsv': () => delimited('\t'),
  'semicolon.csv': () => delimited(';'),
  'bar.csv': () => delimited('|'),
  'caret.csv': () => delimited('^'),
  'unit-separator.csv': () => delimited('\u001f'),
  'single-quotes.csv': () => delimited(',', "'"),
  'backslash.csv': () => delimited(',').replaceAll('""', '\\"'),
  'mark.csv': () => `\ufeff${delimited(',')}`,
  'lines.ndjson': () => lines,
  'lines.log': () => `${lines.replaceAll('\n', '\r\n')}\n\n`,
  'mark.jsonl': () => `\ufeff${lines}`,
  'list.json': () => JSON.stringify(rows),
  'pretty-list.json': () => JSON.stringify(rows, null, 2),
  'objects.json': () => rows.map((row) => JSON.stringify(row, null, 2)).join('\n'),
  'data.json': () => JSON.stringify({ object: 'list', data: rows, has_more: false }),
  'records.json': () => JSON.stringify({ Records: rows }, null, 1),
  'small-records.json': () => JSON.stringify({ records: rows }),
  'value.json': () => JSON.stringify({ value: rows, nextLink: null }),
  'results.json': () => JSON.stringify({ errors: [{ code: 1 }], results: rows }),
  'items.json': () => JSON.stringify({ success: true, data: { total: 200, items: rows } }),
  'wrapped-lines.json': () => rows.map((row) => JSON.stringify({ records: [row] })).join('\n'),
  'file.arrow': () => tableToIPC(arrowTable(), 'file'),
  'stream.arrows': () => tableToIPC(arrowTable(), 'stream'),
};

let directory: string;
let expectedReport: string;
let expectedCalls: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'stillhunt-test-'));
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(directory, name), content());
  const source = join(directory, 'comma.csv');
  await withContext({}, async ({ engine }) => {
    const from = sql`FROM read_csv(${source}, all_varchar = true)`;
    await engine.execute(sql`COPY (${from}) TO ${join(directory, 'rows.parquet')} (FORMAT parquet)`);
    await engine.execute(
      sql`COPY (${from}) TO ${join(directory, 'packed.csv.zst')} (FORMAT csv, HEADER, COMPRESSION zstd)`,
    );
    await engine.execute(
      sql`COPY (${from}) TO ${join(directory, 'packed.ndjson.zst')} (FORMAT json, COMPRESSION zstd)`,
    );
    await engine.execute(
      sql`COPY (${from}) TO ${join(directory, 'packed.json.zst')} (FORMAT json, ARRAY true, COMPRESSION zstd)`,
    );
  });
  expectedReport = await reportOf([source]);
  expectedCalls = await callsOf([source]);
}, 60_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The JSON report without what it says of its inputs. */
async function reportOf(paths: readonly string[]): Promise<string> {
  const { report } = await scanPaths(paths);
  expect(report.totals).toMatchObject({ rowsRead: 200, queries: 200 });
  return jsonText({ ...report, inputs: [] }, 2);
}

/** The canonical calls as JSON, in order. */
function callsOf(paths: readonly string[], options: object = {}): Promise<string> {
  return withContext(options, async (context) => {
    const calls = await normaliseAll(context, await read(context, paths));
    expect(calls).toMatchObject({ rowsRead: 200, rowsUsed: 200 });
    return JSON.stringify([...(await context.engine.query(sql`SELECT * FROM calls ORDER BY ALL`))]);
  });
}

describe('the same rows give the same report', () => {
  it.each(['tab.tsv', 'lines.ndjson', 'records.json', 'stream.arrows', 'rows.parquet', 'packed.csv.zst'])(
    'in %s',
    async (name) => expect(await reportOf([join(directory, name)])).toBe(expectedReport),
  );
});

describe('the same rows give the same calls', () => {
  it.each([...Object.keys(contents), 'rows.parquet', 'packed.csv.zst', 'packed.ndjson.zst', 'packed.json.zst'])(
    'in %s',
    async (name) => expect(await callsOf([join(directory, name)])).toBe(expectedCalls),
  );

  it.each(['tab.tsv', 'lines.ndjson', 'records.json'])('in %s, packed with gzip under another name', async (name) => {
    const path = join(directory, `${name}.renamed`);
    writeFileSync(path, gzipSync(readFileSync(join(directory, name))));
    expect(await callsOf([path])).toBe(expectedCalls);
  });

  it.each(['comma.csv', 'backslash.csv', 'lines.ndjson', 'packed.ndjson.zst'])('in %s, row by row', async (name) =>
    expect(await callsOf([join(directory, name)], { tolerant: true })).toBe(expectedCalls),
  );

  it('in one object a file, spread over folders whose names are columns', async () => {
    const folder = join(directory, 'hive');
    for (const [number, { account_id, ...row }] of rows.entries()) {
      const place = join(folder, `account_id=${encodeURIComponent(account_id)}`);
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, `${number}.json`), JSON.stringify(row, null, number % 2));
    }
    expect(await callsOf([folder])).toBe(expectedCalls);
  });

  it('in several containers at once', async () => {
    const folder = join(directory, 'mixed');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'a.csv'),
      [names.join(), ...rows.slice(0, 50).map((row) => names.map((name) => quoted(String(row[name]))).join())].join(
        '\n',
      ),
    );
    writeFileSync(
      join(folder, 'b.ndjson'),
      rows
        .slice(50, 100)
        .map((row) => JSON.stringify(row))
        .join('\n'),
    );
    writeFileSync(join(folder, 'c.json'), JSON.stringify({ data: rows.slice(100, 150) }));
    writeFileSync(join(folder, 'd.json.gz'), gzipSync(JSON.stringify(rows.slice(150))));
    writeFileSync(join(folder, 'e.json'), JSON.stringify({ data: [] }));
    expect(await callsOf([folder])).toBe(expectedCalls);
  });
});

it('says what each input is', async () => {
  const { report } = await scanPaths(['stream.arrows', 'value.json', 'lines.log'].map((name) => join(directory, name)));
  expect(report.inputs.map(({ format }) => format)).toEqual(['arrow', 'json', 'ndjson']);
});
