import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import { type CanonicalColumn, canonicalColumns } from '../model/column.ts';
import type { ReportCluster, RunReport } from '../model/report.ts';
import type { Target } from './target.ts';

/** One statement to run in DuckDB, and what it shows. */
export interface Query {
  readonly title: string;
  readonly statement: Sql;
}

const rowsShown = 20;

/** Statements that show in the log itself what a run says of a cluster or an account. `runPath` is where the run was saved. */
export function queriesOf(run: RunReport, runPath: string, target: Target): Query[] {
  const clusters = target.kind === 'cluster' ? [target.cluster] : target.clusters;
  return [
    { title: 'The calls. Give columns their canonical names here where the export has others', statement: calls(run) },
    ...clusters.flatMap((cluster) => ofCluster(cluster, runPath)),
    ...(target.kind === 'account' ? ofAccount(target.id, columnsOf(clusters)) : []),
  ];
}

/** Statements as a script. Where the run is redacted, it says that its names are not the log's. */
export function scriptOf(run: RunReport, queries: readonly Query[]): string {
  const redacted =
    run.redaction === undefined ? '' : '-- The run is redacted: put the names of the log in place of its aliases.\n\n';
  return redacted + queries.map(({ title, statement }) => `-- ${title}.\n${statement.text.trim()};\n`).join('\n');
}

function calls({ inputs }: RunReport): Sql {
  const formats = [...new Set(inputs.map(({ format }) => format.split('.')[0]))];
  const sources = formats.map((format) => {
    const paths = inputs.filter((input) => input.format.split('.')[0] === format).map(({ path }) => printable(path));
    if (format === 'parquet') return sql`SELECT * FROM read_parquet([${join(paths)}], union_by_name = true)`;
    return sql`SELECT * FROM read_csv([${join(paths)}], all_varchar = true, union_by_name = true)`;
  });
  return sql`CREATE OR REPLACE TEMP VIEW calls AS\n${join(sources, '\nUNION ALL BY NAME\n')}`;
}

function ofCluster(cluster: ReportCluster, runPath: string): Query[] {
  const { id, rank } = cluster;
  return [
    {
      title: `Members of ${id}`,
      statement: sql`CREATE OR REPLACE TEMP TABLE members AS
SELECT unnest(json_extract_string(content, ${`$.clusters[${rank - 1}].accounts.ids[*]`})) AS account_id
FROM read_text(${printable(runPath)})`,
    },
    {
      title: `Queries of ${id} by day`,
      statement: sql`SELECT left(timestamp::VARCHAR, 10) AS day, count(*) AS queries, count(DISTINCT account_id) AS accounts
FROM calls WHERE account_id IN (SELECT account_id FROM members) GROUP BY day ORDER BY day`,
    },
    {
      title: `Some requests of ${id}, where the export names them`,
      statement: sql`SELECT account_id, timestamp, request_id FROM calls
WHERE account_id IN (SELECT account_id FROM members) ORDER BY hash(request_id) LIMIT ${rowsShown}`,
    },
    ...columnsOf([cluster]).map((column) => ({
      title: `Which ${column} members of ${id} share, and who else uses it`,
      statement: sql`SELECT ${identifier(column)}, count(DISTINCT account_id) FILTER (is_member) AS members,
  count(DISTINCT account_id) FILTER (NOT is_member) AS others, count(*) FILTER (is_member) AS queries
FROM (SELECT *, account_id IN (SELECT account_id FROM members) AS is_member FROM calls)
WHERE ${identifier(column)} IS NOT NULL
GROUP BY ${identifier(column)} HAVING members > 1 ORDER BY members DESC, others, ${identifier(column)} LIMIT ${rowsShown}`,
    })),
  ];
}

function ofAccount(id: string, columns: readonly CanonicalColumn[]): Query[] {
  return columns.map((column) => ({
    title: `Which ${column} the account uses, and how many others`,
    statement: sql`SELECT ${identifier(column)}, count(*) FILTER (account_id = ${printable(id)}) AS own_queries,
  count(DISTINCT account_id) FILTER (account_id <> ${printable(id)}) AS others
FROM calls WHERE ${identifier(column)} IN (SELECT ${identifier(column)} FROM calls WHERE account_id = ${printable(id)})
GROUP BY ${identifier(column)} ORDER BY others, own_queries DESC, ${identifier(column)} LIMIT ${rowsShown}`,
  }));
}

/** A text as a literal without any character that could act on a terminal. */
function printable(text: string): Sql {
  const pieces = text.split(/([\p{Cc}\p{Cf}\u2028\u2029])/u);
  return join(
    pieces
      .map((piece, position) => (position % 2 === 0 ? sql`${piece}` : sql`chr(${piece.codePointAt(0) ?? 0})`))
      .filter((_, position) => position === 0 || pieces[position] !== ''),
    ' || ',
  );
}

/** Columns of the log that evidence names: a value is often its column's name, a colon and the text. */
function columnsOf(clusters: readonly ReportCluster[]): CanonicalColumn[] {
  const prefixes = clusters
    .flatMap(({ evidence }) => evidence)
    .flatMap(({ examples }) => examples.map((example) => example.split(':', 1)[0] ?? ''));
  return [...new Set(prefixes)].filter(isCanonical);
}

function isCanonical(name: string): name is CanonicalColumn {
  return Object.hasOwn(canonicalColumns, name);
}
