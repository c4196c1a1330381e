import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { ReportPopulation, TimeAxis } from '../model/exhibits.ts';
import { countCalls } from './call-counts.ts';
import { digits } from './digits.ts';

/** Calls that a model would have had before its first, at its later rate: with fewer its absence says nothing. */
const fewestMissedCalls = 30;
const mostReleases = 8;

/** Reads all calls once more and counts them by time, model and tokens. */
export async function describeLog(context: RunContext, calls: Calls, axis: TimeAxis): Promise<ReportPopulation> {
  const { engine } = context;
  const counts = await countCalls(context, calls, axis, 'population_calls', {
    source: identifier(calls.relation),
    hourKeys: calls.columns.has('model') ? [sql`model`] : [],
    tokenKeys: [],
    cluster: sql`0`,
    place: sql`0`,
  });
  const byDay = await engine.query(sql`
    SELECT strftime(epoch_ms((hour // 24 * 86400000)::BIGINT), '%Y-%m-%d') AS day, sum(queries)::DOUBLE AS count
    FROM population_calls WHERE is_hour GROUP BY ALL ORDER BY day`);
  const { byHourOfDay = [], bySlot, ...tokens } = counts.get(0) ?? {};
  const slots = bySlot?.get(0) ?? new Float64Array(axis.slots);
  return {
    byDay: [...byDay].map(({ day, count }) => ({ day, count })),
    byHourOfDay,
    axis,
    activity: digits(slots, Math.max(...slots)),
    releases: await releases(context, calls),
    ...tokens,
  };
}

/** A model is new where it has no call up to some day, and would have had many at the rate that it has from then on. */
async function releases({ engine }: RunContext, calls: Calls): Promise<ReportPopulation['releases']> {
  if (!calls.columns.has('model')) return [];
  const rows = await engine.query(sql`
    WITH models AS (
      SELECT ${calls.present(sql`model`)} AS model, min(hour) AS first_hour, max(hour) AS last_hour, sum(queries) AS queries
      FROM population_calls WHERE is_hour GROUP BY ALL),
    log AS (SELECT min(first_hour) AS first_hour FROM models),
    used AS (
      SELECT model, models.first_hour, queries * (models.first_hour - log.first_hour) / (last_hour - models.first_hour + 1) AS missed
      FROM models, log WHERE model IS NOT NULL)
    SELECT model, strftime(epoch_ms((first_hour * 3600000)::BIGINT), '%Y-%m-%d') AS day FROM used
    WHERE missed >= ${fewestMissedCalls} ORDER BY missed DESC, model LIMIT ${mostReleases}`);
  return [...rows]
    .map(({ model, day }): { model: string; day: string } => ({ model, day }))
    .sort((left, right) => (left.day < right.day || (left.day === right.day && left.model < right.model) ? -1 : 1));
}
