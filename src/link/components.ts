import type { Engine } from '../engine/engine.ts';
import { type Sql, sql } from '../engine/sql.ts';

/** Rounds in which labels spread; what hangs together over more steps than that falls apart. */
const mostRounds = 30;

/** Table `labels` (entity, label): connected components of `pairs` (first, second), each named by its smallest member. */
export async function labelComponents(engine: Engine, pairs: Sql): Promise<void> {
  await engine.execute(sql`
    CREATE OR REPLACE TABLE neighbours AS
    WITH pairs AS (${pairs})
    SELECT first AS entity, second AS other FROM pairs UNION ALL SELECT second, first FROM pairs`);
  await engine.execute(sql`CREATE OR REPLACE TABLE labels AS SELECT DISTINCT entity, entity AS label FROM neighbours`);
  for (let round = 0; round < mostRounds; round += 1) {
    await engine.execute(sql`
      CREATE OR REPLACE TABLE spread AS
      SELECT labels.entity, least(labels.label, min(o.label)) AS label
      FROM labels JOIN neighbours USING (entity) JOIN labels o ON o.entity = other GROUP BY labels.entity, labels.label`);
    const changed = await engine.query(sql`
      SELECT count(*)::INTEGER AS changed FROM spread JOIN labels USING (entity) WHERE spread.label <> labels.label`);
    await engine.execute(sql`CREATE OR REPLACE TABLE labels AS SELECT * FROM spread`);
    if (Number(changed.get(0)?.changed ?? 0) === 0) break;
  }
}
