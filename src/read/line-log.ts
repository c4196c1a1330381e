import { lineSource } from '../engine/duckdb/sources.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { type Container, type InputFile, ownNames, type Reader, sampleRows } from './container.ts';
import { rejectEmpty } from './json-columns.ts';
import { textOf } from './json-head.ts';
import { lineRows } from './lines.ts';
import { sourceFiles } from './source-files.ts';

/** How the lines of a log are written. */
export interface LineGrammar {
  readonly name: string;
  /** Understood alike by JavaScript and RE2; its groups are the columns, in their order. */
  readonly pattern: string;
  readonly columns: readonly string[];
  /** Columns whose texts mean more than text, with the engine's type of the value. */
  readonly values: ReadonlyMap<string, { readonly type: string; value(text: Sql): Sql }>;
}

const linesTried = 50;
const notALine = 'not a line of this log';

/** A log of lines that a pattern takes apart. A file is one if at least half of its first lines fit. */
export function lineLog(grammar: LineGrammar): Container {
  const pattern = new RegExp(grammar.pattern);
  const linesOf = (head: Buffer) =>
    textOf(head)
      .split('\n', linesTried)
      .filter((line) => line.trim() !== '');
  const types = grammar.columns.map((name): [string, string] => [name, grammar.values.get(name)?.type ?? 'VARCHAR']);
  return {
    name: grammar.name,
    extensions: ['log'],
    isBinary: false,
    recognises: (head) => {
      const lines = linesOf(head);
      const fitting = lines.filter((line) => pattern.test(line)).length;
      return fitting > 0 && fitting * 2 >= lines.length;
    },
    async examine(_context, file, head) {
      const matches = linesOf(head).flatMap((line) => [pattern.exec(line) ?? []]);
      const sample = matches
        .filter((groups) => groups.length > 0)
        .slice(0, sampleRows)
        .map((groups) =>
          Object.fromEntries(grammar.columns.map((name, position) => [name, groups[position + 1] ?? null])),
        );
      return { file, key: '', columnsVary: false, columns: new Map(types), sample, reader: readerOf(grammar, file) };
    },
  };
}

function readerOf(grammar: LineGrammar, file: InputFile): Reader {
  return {
    byEngine: {
      leavesOutRejects: true,
      rows: (files) => unpackLines(grammar, sql`(SELECT *, file_index FROM ${lineSource(sourceFiles(files))})`),
    },
    byRow: { tableColumns: () => ['line'], rows: lineRows, unpack: (table) => unpackLines(grammar, table) },
    reject: (uses) => rejectEmpty(ownNames(file, uses), notALine),
    rejectReasons: [notALine, 'line too long'],
  };
}

/** A line that does not fit gives a row without any value. */
function unpackLines({ pattern, columns, values }: LineGrammar, lines: Sql): Sql {
  const names = join(columns.map((name) => sql`${name}`));
  const fields = columns.map((name) => {
    const text = sql`nullif(struct_extract(fields, ${name}), '')`;
    return sql`${values.get(name)?.value(text) ?? text} AS ${identifier(name)}`;
  });
  return sql`(SELECT ${join([...fields, sql`* EXCLUDE (fields, line)`])}
    FROM (SELECT *, regexp_extract(line, ${pattern}, [${names}]) AS fields FROM ${lines} WHERE trim(line, ${' \t\r'}) <> ''))`;
}
