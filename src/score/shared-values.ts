import { tableFromArrays } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { Cluster } from '../model/cluster.ts';
import type { Evidence } from '../model/evidence.ts';
import { float64Column, int32Column } from '../util/arrow.ts';
import { shownText } from './shown-text.ts';

/** What the values of one detector do for one cluster, in accounts. */
export interface DetectorShare {
  readonly detector: number;
  readonly accounts: number;
  readonly values: number;
  readonly outsiders: number;
  readonly queries: number;
  /** Values that most members use: raw from the log, and mined templates as their masked texts. */
  readonly examples: readonly string[];
}

/** Makes the relation `cluster_values`: the values that mostly members of a cluster use, by cluster. */
export async function storeValues({ engine }: RunContext, clusters: readonly Cluster[]): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE cluster_values (cluster INTEGER, value INTEGER)`);
  async function* batches() {
    for (const [position, { values }] of clusters.entries()) {
      yield tableFromArrays({ cluster: new Int32Array(values.length).fill(position), value: values });
    }
  }
  await engine.append('cluster_values', batches());
}

/**
 * For each cluster, what each detector contributes. Makes the relation `cluster_links` (cluster, detector, value, source,
 * account, queries, is_member): who uses a cluster's own values, and the column these come from. Needs the relations `members`
 * and `cluster_values`.
 */
export async function detectorShares(
  { engine }: RunContext,
  calls: Calls,
  evidence: Evidence,
  clusterCount: number,
): Promise<DetectorShare[][]> {
  // The outer join tells the engine where to start: all members times all values of a large cluster are too many.
  await engine.execute(sql`
    CREATE OR REPLACE TABLE cluster_links AS
    SELECT cluster, v.detector, value, split_part(v.text, ':', 1) AS source, l.account, l.queries,
      m.account IS NOT NULL AS is_member
    FROM cluster_values JOIN ${identifier(evidence.relation)} v USING (value) JOIN evidence_links l USING (value)
    LEFT JOIN members m USING (cluster, account)`);
  const rows = await engine.query(sql`
    WITH used AS (
      SELECT *, sum(queries) FILTER (is_member) OVER (PARTITION BY cluster, detector, source) AS source_queries
      FROM cluster_links)
    SELECT cluster, detector, count(DISTINCT account) FILTER (WHERE is_member)::INTEGER AS accounts,
      count(DISTINCT value)::INTEGER AS values, count(DISTINCT account) FILTER (WHERE NOT is_member)::INTEGER AS outsiders,
      coalesce(max(source_queries), 0) AS queries
    FROM used GROUP BY ALL ORDER BY cluster, detector`);
  const examples = await exampleValues(engine, calls, evidence);
  const result: DetectorShare[][] = Array.from({ length: clusterCount }, () => []);
  for (const { cluster, detector, accounts, values, outsiders, queries } of rows) {
    const texts = examples.get(`${cluster} ${detector}`) ?? [];
    result[cluster]?.push({ detector, accounts, values, outsiders, queries, examples: texts });
  }
  return result;
}

const examplesShown = 3;

async function exampleValues(
  engine: RunContext['engine'],
  calls: Calls,
  evidence: Evidence,
): Promise<Map<string, string[]>> {
  const rows = await engine.query(sql`
    WITH used AS (
        SELECT cluster, detector, value, count(*) AS accounts FROM cluster_links WHERE is_member GROUP BY ALL),
      most_used AS (
        SELECT * FROM used
        QUALIFY row_number() OVER (PARTITION BY cluster, detector ORDER BY accounts DESC, value) <= ${examplesShown})
    SELECT cluster, most_used.detector, ${shownText(calls, sql`text`)} AS text
    FROM most_used JOIN ${identifier(evidence.relation)} USING (value)
    ORDER BY cluster, most_used.detector, accounts DESC, value`);
  const examples = new Map<string, string[]>();
  for (const { cluster, detector, text } of rows) {
    const key = `${cluster} ${detector}`;
    examples.set(key, [...(examples.get(key) ?? []), text]);
  }
  return examples;
}

/** Detectors whose values mark a cluster's own queries, by position; `lower` are the stricter part of `expected`. */
export interface Stream {
  readonly cluster: number;
  readonly lower: readonly number[];
  readonly expected: readonly number[];
}

/** Queries of one account that are the campaign's: at least, and most likely. */
export interface Attributed {
  readonly lower: number;
  readonly expected: number;
}

/** Shapes of calls tell a campaign's queries from others this well; where templates come as near, they are exact. */
const errorOfShape = 0.1;

/**
 * Queries of each member that carry the cluster's own values: the campaign's stream. A query counts once even where several
 * of its columns carry such values, as far as the numbers of one column can tell: the largest of them counts. Needs the
 * relation `cluster_links`.
 */
export async function attributedQueries(
  { engine }: RunContext,
  streams: readonly Stream[],
): Promise<Map<number, Attributed>> {
  const pairs = streams.flatMap(({ cluster, lower, expected }) =>
    expected.map((detector) => ({ cluster, detector, isLower: lower.includes(detector) ? 1 : 0 })),
  );
  const result = new Map<number, Attributed>();
  if (pairs.length === 0) return result;
  await engine.execute(sql`CREATE OR REPLACE TABLE streams (cluster INTEGER, detector INTEGER, is_lower INTEGER)`);
  async function* batch() {
    yield tableFromArrays({
      cluster: Int32Array.from(pairs, (pair) => pair.cluster),
      detector: Int32Array.from(pairs, (pair) => pair.detector),
      is_lower: Int32Array.from(pairs, (pair) => pair.isLower),
    });
  }
  await engine.append('streams', batch());
  const rows = await engine.query(sql`
    WITH carried AS (
      SELECT cluster, account, is_lower, detector, source, sum(queries) AS queries
      FROM cluster_links JOIN streams USING (cluster, detector) WHERE is_member GROUP BY ALL),
    by_account AS (
      SELECT cluster, account, coalesce(max(queries) FILTER (is_lower = 1), 0) AS lower, max(queries) AS most
      FROM carried GROUP BY ALL)
    SELECT account, lower,
      CASE WHEN sum(most) OVER own > ${1 + errorOfShape} * sum(lower) OVER own THEN most ELSE lower END AS expected
    FROM by_account WINDOW own AS (PARTITION BY cluster) ORDER BY account, cluster`);
  const lower = float64Column(rows, 'lower');
  const expected = float64Column(rows, 'expected');
  int32Column(rows, 'account').forEach((account, row) => {
    result.set(account, { lower: lower[row] ?? 0, expected: expected[row] ?? 0 });
  });
  return result;
}
