import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ReportExhibits } from '../model/exhibits.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { AccountVerdict, Scored } from '../model/scored.ts';
import { float64Column } from '../util/arrow.ts';
import { type CallCounts, countCalls } from './call-counts.ts';
import { digits } from './digits.ts';
import { chooseMembers, storePlaces } from './exhibit-members.ts';
import { exhibitRequests } from './exhibit-requests.ts';
import { exhibitValues } from './exhibit-values.ts';
import { lastRefusals } from './last-refusals.ts';
import { describeLog } from './population.ts';
import { timeAxis } from './time-axis.ts';

const clustersShown = 20;

/**
 * Adds to a scored run what pictures of it need: how the whole log looks, and exhibits of the first clusters. Reads all
 * calls once and those of the clusters' members once or twice. Needs the relations of `storeReported` and `storeValues`.
 */
export async function exhibit(
  context: RunContext,
  calls: Calls,
  features: AccountFeatures,
  evidence: Evidence,
  scored: Scored,
): Promise<Scored> {
  const shown = scored.clusters.slice(0, clustersShown);
  if (shown.length === 0) return scored;
  const axis = timeAxis(
    float64Column(features.table, 'first_seen_ms').reduce((first, value) => Math.min(first, value)),
    float64Column(features.table, 'last_seen_ms').reduce((last, value) => Math.max(last, value)),
  );
  const members = shown.map(({ id }) => scored.accounts.filter(({ clusterId }) => clusterId === id));
  const chosen = members.map(chooseMembers);
  await storePlaces(context, features, members, chosen);
  const counts = await countCalls(context, calls, axis, 'exhibit_calls', {
    source: sql`${identifier(calls.relation)} JOIN exhibit_places USING (account_id)`,
    hourKeys: [sql`rank`, sql`place`],
    tokenKeys: [sql`rank`],
    cluster: sql`rank`,
    place: sql`place`,
  });
  const refusals = await lastRefusals(context, calls);
  const values = await exhibitValues(context, calls, evidence, chosen);
  const requests = await exhibitRequests(context, calls, evidence);
  const exhibits = shown.map(
    ({ rank }, position): ReportExhibits => ({
      ...describe(features, chosen[position] ?? [], axis.slots, requests.get(rank), counts.get(rank)),
      ...(refusals === undefined ? {} : { lastRefusals: refusals.get(rank) ?? [] }),
      values: values.get(rank) ?? [],
    }),
  );
  return {
    ...scored,
    population: await describeLog(context, calls, axis),
    clusters: scored.clusters.map((cluster, position) => {
      const own = exhibits[position];
      return own === undefined ? cluster : { ...cluster, exhibits: own };
    }),
  };
}

function describe(
  features: AccountFeatures,
  chosen: readonly AccountVerdict[],
  slots: number,
  requests: ReadonlyMap<number, readonly string[]> = new Map(),
  { byHourOfDay, bySlot, ...tokens }: CallCounts = { byHourOfDay: [], bySlot: new Map() },
): Omit<ReportExhibits, 'values'> {
  const names = features.table.getChild('account_id');
  const queries = float64Column(features.table, 'queries');
  const together = new Float64Array(slots);
  for (const row of bySlot.values())
    row.forEach((calls, slot) => {
      together[slot] = (together[slot] ?? 0) + calls;
    });
  const rows = chosen.map((_, place) => bySlot.get(place) ?? new Float64Array(slots));
  const peak = rows.reduce((most, row) => Math.max(most, ...row), 0);
  return {
    byHourOfDay,
    activity: digits(together, Math.max(...together)),
    ...tokens,
    members: chosen.map(({ account, role, attributedQueries }, place) => ({
      id: names?.get(account) ?? '',
      role,
      queries: queries[account] ?? 0,
      attributed: attributedQueries,
      activity: digits(rows[place] ?? [], peak),
      ...(requests.has(place) ? { requests: requests.get(place) ?? [] } : {}),
    })),
  };
}
