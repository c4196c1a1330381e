import { gzipSync } from 'node:zlib';
import { tableFromArrays, tableToIPC } from 'apache-arrow';

/** A file to be damaged, and the text of each of its rows, which holds the account `row-NN` and no other row's. */
export interface Subject {
  readonly name: string;
  readonly bytes: Buffer;
  /** Empty where rows do not stand in the bytes as text. */
  readonly rowTexts: ReadonlyMap<string, string>;
  /** What a row may stand between. */
  readonly separator: RegExp;
  /** It is only cut: the library believes the counts in a damaged Arrow message, and goes on for minutes. */
  readonly isOnlyCut: boolean;
}

const rowCount = 24;

const rows = Array.from({ length: rowCount }, (_, row) => ({
  timestamp: `2026-02-03T10:00:${String(row).padStart(2, '0')}Z`,
  account_id: `row-${String(row).padStart(2, '0')}`,
  ip: `192.0.2.${row}`,
  input_tokens: String(100 + row),
  text: row % 3 === 0 ? `text ${row}, "quoted"` : `text ${row}`,
}));

type Row = (typeof rows)[number];

const names = ['timestamp', 'account_id', 'ip', 'input_tokens', 'text'] as const;

function csv(delimiter: string, isAllQuoted: boolean, textOf: (row: Row, number: number) => string): Subject {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const needsQuotes = (cell: string) => isAllQuoted || cell.includes(delimiter) || /["\n]/.test(cell);
  const texts = rows.map((row, number) =>
    names
      .map((name) => (name === 'text' ? textOf(row, number) : row[name]))
      .map((cell) => (needsQuotes(cell) ? quoted(cell) : cell))
      .join(delimiter),
  );
  return subject('log.csv', [names.join(delimiter), ...texts].join('\n'), texts, /\n/);
}

function subject(name: string, text: string, texts: readonly string[], separator: RegExp): Subject {
  const rowTexts = new Map(rows.map((row, number) => [row.account_id, texts[number] ?? '']));
  return { name, bytes: Buffer.from(`${text}\n`), rowTexts, separator, isOnlyCut: false };
}

const objects = rows.map((row) => JSON.stringify({ ...row, nested: { list: [{ a: 1 }], text: row.text } }));
const accessLines = rows.map(
  ({ account_id, ip }, row) =>
    `${ip} - ${account_id} [03/Feb/2026:10:00:${String(row).padStart(2, '0')} +0000] "POST /v1/chat HTTP/1.1" 200 ${row} "-" "agent ${row}"`,
);

function packed(inner: Subject): Subject {
  return { ...inner, name: `${inner.name}.gz`, bytes: gzipSync(inner.bytes), rowTexts: new Map() };
}

const plainCsv = csv(',', false, ({ text }) => text);
const ndjson = subject('log.ndjson', objects.join('\n'), objects, /\n/);
const arrowTable = tableFromArrays(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));

/** Files of every container that can be written without the engine. */
export const subjects: readonly Subject[] = [
  plainCsv,
  csv('\t', false, ({ text }) => text),
  csv(';', true, ({ text }) => text),
  csv(',', false, ({ text }, row) => (row % 4 === 1 ? `${text}\nsecond, line\nthird` : text)),
  ndjson,
  subject('list.json', `[${objects.join(',\n')}]`, objects, /[[\],\n]/),
  subject('records.json', `{"Records":[${objects.join(',')}],"next":null}`, objects, /[[\],\n]/),
  subject('access.log', accessLines.join('\n'), accessLines, /\n/),
  packed(plainCsv),
  packed(ndjson),
  {
    name: 'file.arrow',
    bytes: Buffer.from(tableToIPC(arrowTable, 'file')),
    rowTexts: new Map(),
    separator: /\n/,
    isOnlyCut: true,
  },
  {
    name: 'stream.arrows',
    bytes: Buffer.from(tableToIPC(arrowTable, 'stream')),
    rowTexts: new Map(),
    separator: /\n/,
    isOnlyCut: true,
  },
];
