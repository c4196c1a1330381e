import type { RunContext } from '../engine/context.ts';
import { identifier, join, nothing, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import { type CanonicalColumn, identityColumns } from '../model/column.ts';
import type { AccountFeatures } from '../model/features.ts';
import { createEntities } from './entities.ts';
import type { Feature } from './family.ts';
import { featureFamilies } from './registry.ts';

/** Columns that any feature reads. */
export const measureColumns: readonly CanonicalColumn[] = [
  ...identityColumns,
  ...featureFamilies.flatMap((family) => family.features.flatMap((feature) => feature.needs)),
];

/**
 * Computes every feature of every account in one scan of the calls, numbers the accounts and collapses declared
 * entities. The features stay in the engine as relation `accounts` and come over once as an Arrow table.
 */
export async function measure({ engine }: RunContext, calls: Calls): Promise<AccountFeatures> {
  const features = featureFamilies
    .flatMap((family) => family.features)
    .filter((feature) => feature.needs.every((column) => calls.columns.has(column)));
  const isCounted = calls.columns.has('request_count');
  const rows = { queries: calls.queries, weight: isCounted ? sql`coalesce(request_count, 1)` : undefined };
  const aggregates = (all: readonly Feature[]) =>
    join([
      sql`account_id`,
      ...all.map((one) => sql`${one.aggregate(engine.dialect, rows)} AS ${identifier(one.name)}`),
    ]);
  const ofIdentities = features.filter(isOfIdentities);
  const ofCalls = features.filter((feature) => !isOfIdentities(feature));
  const known = sql`
    LEFT JOIN (SELECT ${aggregates(ofIdentities)} FROM ${identifier(calls.identities)} GROUP BY account_id) USING (account_id)`;
  await engine.execute(sql`
    CREATE TABLE measured AS
    SELECT * FROM (SELECT ${aggregates(ofCalls)} FROM ${identifier(calls.relation)} GROUP BY account_id)
    ${ofIdentities.length === 0 ? nothing : known}`);
  const names = new Set(features.map((feature) => feature.name));
  // What accounts did comes before their names, so that renaming them changes no number.
  const tokens = names.has('output_tokens') ? sql`output_tokens, ` : nothing;
  await engine.execute(sql`
    CREATE TABLE numbered AS
    SELECT (row_number() OVER (ORDER BY first_seen_ms, queries, last_seen_ms, ${tokens}account_id) - 1)::INTEGER AS account, *
    FROM measured`);
  await engine.execute(createEntities(calls));
  await engine.execute(sql`
    CREATE TABLE accounts AS SELECT numbered.*, entities.* EXCLUDE (account_id) FROM numbered JOIN entities USING (account_id) ORDER BY account`);
  for (const name of ['measured', 'numbered', 'entities']) await engine.execute(sql`DROP TABLE ${identifier(name)}`);
  const table = await engine.query(sql`SELECT * FROM accounts ORDER BY account`);
  return { relation: 'accounts', table, count: table.numRows };
}

/** Whether a feature is known of the account itself, so that side tables may tell it. */
function isOfIdentities({ needs }: Feature): boolean {
  return needs.length > 0 && needs.every((column) => identityColumns.includes(column));
}
