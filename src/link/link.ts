import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Calls } from '../model/calls.ts';
import type { CanonicalColumn } from '../model/column.ts';
import type { DetectorRun, Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { InspectedDetector } from '../model/inspection.ts';
import type { Family } from '../model/report.ts';
import type { Detector, DetectorContext } from './detector.ts';
import { detectors } from './registry.ts';

/** Columns that any detector reads. */
export const linkColumns: readonly CanonicalColumn[] = detectors.flatMap(({ needs, optional = [] }) => [
  ...needs.flat(),
  ...optional,
]);

/** Runs every detector that has its columns and numbers the values that at least two entities share. */
export async function link(context: RunContext, calls: Calls, features: AccountFeatures): Promise<Evidence> {
  const { engine, config } = context;
  await engine.execute(sql`
    CREATE TABLE evidence_values (value INTEGER, detector INTEGER, text VARCHAR, sharers INTEGER, population INTEGER)`);
  await engine.execute(sql`CREATE TABLE evidence_links (account INTEGER, value INTEGER, queries DOUBLE)`);
  await engine.execute(
    sql`CREATE TABLE evidence_presence (account INTEGER, detector INTEGER, queries DOUBLE, "values" INTEGER)`,
  );
  if (calls.grains.has('bucket') && calls.grains.size > 1) {
    const single = sql`SELECT * FROM ${identifier(calls.relation)} WHERE coalesce(request_count, 0) = 0`;
    await engine.execute(sql`CREATE TEMP VIEW single_calls AS ${single}`);
  }
  const runs: DetectorRun[] = [];
  for (const detector of detectors) {
    const { id, family, explain, innocentCauses, population = 'holders', comesWithProduct = false } = detector;
    const run = { id, family, population, comesWithProduct, explain, innocentCauses };
    const reason = config.disabledDetectors.has(id) ? 'switched off' : cannotRun(detector, calls);
    if (reason === undefined) {
      context.emit({ kind: 'note', text: `detector ${id}` });
      const links = await collect({ ...context, calls: callsFor(detector, calls), features }, detector, runs.length);
      runs.push({ ...run, state: 'ran', links });
    } else runs.push({ ...run, state: 'skipped', reason, links: 0 });
  }
  const links = await engine.query(sql`SELECT account, value, queries FROM evidence_links ORDER BY value, account`);
  const values = await engine.query(
    sql`SELECT value, detector, sharers, population FROM evidence_values ORDER BY value`,
  );
  const presence = await engine.query(sql`
    SELECT account, detector, queries, "values" FROM evidence_presence ORDER BY account, detector`);
  return { runs, links, values, presence, relation: 'evidence_values' };
}

/** Which detectors can run on calls, and what the others lack. */
export function readiness(calls: Calls): InspectedDetector[] {
  return detectors.map((detector) => {
    const reason = cannotRun(detector, calls);
    return {
      id: detector.id,
      family: detector.family,
      canRun: reason === undefined,
      ...(reason === undefined ? {} : { reason }),
      missing: missingNeeds(detector, calls),
    };
  });
}

/** Families that look at single calls, of which the totals of a bucket say nothing. */
const singleCalls: ReadonlySet<Family> = new Set(['timing', 'shape']);

function cannotRun(detector: Detector, calls: Calls): string | undefined {
  const isOnlyTotals = [...calls.grains].every((grain) => grain === 'bucket');
  if (isOnlyTotals && singleCalls.has(detector.family)) return 'rows are totals of a bucket';
  return missingColumns(detector, calls);
}

/** Where totals are among the rows, detectors that look at single calls get the others. */
function callsFor({ family }: Detector, calls: Calls): Calls {
  const isMixed = calls.grains.has('bucket') && singleCalls.has(family);
  return isMixed ? { ...calls, relation: 'single_calls' } : calls;
}

function missingNeeds({ needs }: Detector, calls: Calls): Detector['needs'] {
  return needs.filter((columns) => !columns.some((column) => calls.columns.has(column)));
}

function missingColumns(detector: Detector, calls: Calls): string | undefined {
  const missing = missingNeeds(detector, calls);
  if (missing.length === 0) return undefined;
  return `no ${missing.map((columns) => columns.join(' or ')).join(', no ')} in the input`;
}

async function collect(context: DetectorContext, detector: Detector, position: number): Promise<number> {
  const { engine, features, config } = context;
  const parameters = detector.params.parse(config.detectorParameters.get(detector.id) ?? {});
  const rows = await detector.evidence(context, parameters);
  await engine.execute(sql`CREATE OR REPLACE TABLE links AS ${rows}`);
  const holders = sql`links JOIN ${identifier(features.relation)} USING (account)`;
  const population = detector.population === 'everybody' ? identifier(features.relation) : holders;
  await engine.execute(
    sql`INSERT INTO evidence_presence SELECT account, ${position}, sum(queries), count(*)::INTEGER FROM links GROUP BY account`,
  );
  await engine.execute(sql`
    CREATE OR REPLACE TABLE shared AS
    WITH linking AS (
      SELECT links.account, entity, value, links.queries FROM links JOIN ${identifier(features.relation)} USING (account)
      WHERE links.queries >= ${detector.fewestQueries})
    SELECT * FROM linking
    WHERE value IN (SELECT value FROM linking GROUP BY value HAVING min(entity) <> max(entity))`);
  await engine.execute(sql`
    INSERT INTO evidence_values
    SELECT (SELECT count(*) FROM evidence_values)
        + row_number() OVER (ORDER BY sharers, first_account, last_account, queries, value) - 1, ${position}, value, sharers,
      (SELECT count(DISTINCT entity) FROM ${population})
    FROM (SELECT value, count(DISTINCT entity) AS sharers, min(account) AS first_account, max(account) AS last_account,
            sum(queries) AS queries
          FROM shared GROUP BY value)`);
  await engine.execute(sql`
    INSERT INTO evidence_links
    SELECT account, v.value, queries FROM shared s JOIN evidence_values v ON v.text = s.value AND v.detector = ${position}`);
  const counted = await engine.query(sql`SELECT count(*)::INTEGER AS links FROM shared`);
  await engine.execute(sql`DROP TABLE links`);
  await engine.execute(sql`DROP TABLE shared`);
  return Number(counted.getChild('links')?.get(0) ?? 0);
}
