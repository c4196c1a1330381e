import type { Table } from 'apache-arrow';
import type { RunContext } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier, join, type Sql, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { TimeAxis, TokenHistogram } from '../model/exhibits.ts';

/** Calls of one group of accounts, counted in several ways. */
export interface CallCounts {
  /** 24 numbers. */
  readonly byHourOfDay: readonly number[];
  /** For each place, its calls in each slot of the axis. */
  readonly bySlot: ReadonlyMap<number, Float64Array>;
  readonly inputTokens?: TokenHistogram;
  readonly outputTokens?: TokenHistogram;
}

/** Which calls to count, and what to tell apart. */
export interface CountedCalls {
  readonly source: Sql;
  /** Columns of `source` to tell apart by hour, and by tokens; each costs time in every row. */
  readonly hourKeys: readonly Sql[];
  readonly tokenKeys: readonly Sql[];
  /** Numbers of the cluster and of the place in it, from these columns. */
  readonly cluster: Sql;
  readonly place: Sql;
}

/** Calls with more tokens count as having these: it bounds the number of groups. */
const mostTokens = 2 ** 20;

/**
 * Reads calls once and counts them. Makes the relation `target` (hour since 1970, the keys, queries, and tokens); only its
 * rows with `is_hour` have an hour and all hour keys. Returns the counts of each cluster.
 */
export async function countCalls(
  { engine }: RunContext,
  calls: Calls,
  axis: TimeAxis,
  target: string,
  { source, hourKeys, tokenKeys, cluster, place }: CountedCalls,
): Promise<Map<number, CallCounts>> {
  const relation = identifier(target);
  const tokens = (column: CanonicalColumn) =>
    calls.columns.has(column) ? sql`least(${identifier(column)}, ${mostTokens})` : sql`NULL::BIGINT`;
  const by = (keys: readonly Sql[], column: string) => sql`(${join([...keys, identifier(column)])})`;
  const sets = [by(hourKeys, 'hour'), by(tokenKeys, 'input'), by(tokenKeys, 'output')];
  await engine.execute(sql`
    CREATE OR REPLACE TABLE ${relation} AS
    SELECT ${join([...hourKeys, sql`hour`])}, input, output, grouping(hour) = 0 AS is_hour, count(*)::DOUBLE AS queries
    FROM (SELECT ${join([...hourKeys, sql`${engine.dialect.epochSeconds(sql`timestamp`)} // 3600 AS hour`])},
        ${tokens('input_tokens')} AS input, ${tokens('output_tokens')} AS output
      FROM ${source})
    GROUP BY GROUPING SETS (${join(sets)})`);
  const firstHour = Date.parse(axis.from) / 3_600_000;
  const hours = sql`sum(queries)::DOUBLE AS queries FROM ${relation} WHERE is_hour GROUP BY ALL ORDER BY ALL`;
  const byHourOfDay = await engine.query(sql`SELECT ${cluster} AS cluster, (hour % 24)::INTEGER AS hour, ${hours}`);
  const slot = sql`((hour - ${firstHour}) // ${axis.slotHours})::INTEGER`;
  const bySlot = await engine.query(sql`SELECT ${cluster} AS cluster, ${place} AS place, ${slot} AS slot, ${hours}`);
  const inputTokens = await histograms(engine, relation, cluster, sql`input`);
  const outputTokens = await histograms(engine, relation, cluster, sql`output`);
  return collect(byHourOfDay, bySlot, axis.slots, inputTokens, outputTokens);
}

interface GrowingHistogram extends TokenHistogram {
  readonly counts: number[];
}

/** Half a doubling a bin: see `TokenHistogram`. */
async function histograms(engine: Engine, relation: Sql, cluster: Sql, tokens: Sql) {
  const rows = await engine.query(sql`
    SELECT ${cluster} AS cluster, floor(2 * log2(1 + ${tokens}))::INTEGER AS bin, sum(queries)::DOUBLE AS queries
    FROM ${relation} WHERE ${tokens} >= 0 GROUP BY ALL ORDER BY ALL`);
  const found = new Map<number, GrowingHistogram>();
  for (const { cluster, bin, queries } of rows) {
    const histogram: GrowingHistogram = found.get(cluster) ?? { firstBin: bin, counts: [] };
    while (histogram.counts.length < bin - histogram.firstBin) histogram.counts.push(0);
    histogram.counts.push(queries);
    found.set(cluster, histogram);
  }
  return found;
}

function collect(
  byHourOfDay: Table,
  bySlot: Table,
  slots: number,
  inputTokens: ReadonlyMap<number, TokenHistogram>,
  outputTokens: ReadonlyMap<number, TokenHistogram>,
): Map<number, CallCounts> {
  const hours = new Map<number, number[]>();
  for (const { cluster, hour, queries } of byHourOfDay) {
    const counts = hours.get(cluster) ?? new Array<number>(24).fill(0);
    counts[hour] = queries;
    hours.set(cluster, counts);
  }
  const rows = new Map<number, Map<number, Float64Array>>();
  for (const { cluster, place, slot, queries } of bySlot) {
    const places = rows.get(cluster) ?? new Map<number, Float64Array>();
    const row = places.get(place) ?? new Float64Array(slots);
    row[slot] = queries;
    rows.set(cluster, places.set(place, row));
  }
  return new Map(
    [...hours].map(([cluster, counts]) => {
      const input = inputTokens.get(cluster);
      const output = outputTokens.get(cluster);
      return [
        cluster,
        {
          byHourOfDay: counts,
          bySlot: rows.get(cluster) ?? new Map(),
          ...(input === undefined ? {} : { inputTokens: input }),
          ...(output === undefined ? {} : { outputTokens: output }),
        },
      ];
    }),
  );
}
