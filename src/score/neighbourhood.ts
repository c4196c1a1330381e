import type { RunContext } from '../engine/context.ts';
import { identifier, sql } from '../engine/sql.ts';
import type { Evidence } from '../model/evidence.ts';
import type { AccountFeatures } from '../model/features.ts';
import type { Neighbourhood } from '../model/neighbourhood.ts';

const valuesShown = 12;
const neighboursShown = 25;

/** The rarest values that an account shares with other owners, and who they are. Needs the relations of the link stage. */
export async function neighbourhood(
  { engine }: RunContext,
  features: AccountFeatures,
  evidence: Evidence,
  id: string,
): Promise<Neighbourhood> {
  const accounts = identifier(features.relation);
  const found = await engine.query(sql`SELECT account FROM ${accounts} WHERE account_id = ${id}`);
  await engine.execute(sql`
    CREATE OR REPLACE TEMP TABLE seed_values AS
    SELECT v.value, v.detector, v.text, v.sharers, v.population, l.queries, ln(v.population / v.sharers) AS surprise
    FROM evidence_links l JOIN ${identifier(evidence.relation)} v USING (value) JOIN ${accounts} a USING (account)
    WHERE a.account_id = ${id} ORDER BY surprise DESC, v.value LIMIT ${valuesShown}`);
  const values = await engine.query(sql`
    SELECT detector, text, sharers, population, queries FROM seed_values ORDER BY surprise DESC, value`);
  const neighbours = await engine.query(sql`
    SELECT a.account_id AS id, count(*)::INTEGER AS shared, sum(s.surprise) AS surprise
    FROM seed_values s JOIN evidence_links l USING (value) JOIN ${accounts} a USING (account)
    WHERE a.account_id <> ${id} GROUP BY a.account_id
    ORDER BY round(sum(s.surprise), 9) DESC, id LIMIT ${neighboursShown}`);
  return {
    id,
    isKnown: found.numRows > 0,
    values: [...values].flatMap(({ detector, text, sharers, population, queries }) => {
      const run = evidence.runs[detector];
      return run === undefined ? [] : [{ detector: run.id, family: run.family, text, sharers, population, queries }];
    }),
    neighbours: [...neighbours].map(({ id: other, shared, surprise }) => ({ id: other, shared, surprise })),
  };
}
