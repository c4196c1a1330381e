import { expect, it } from 'vitest';
import { sql } from '../../../src/engine/sql.ts';
import { storeSampledPrompts } from '../../../src/score/pooled/sampled-prompts.ts';
import { withContext } from '../../support/world.ts';

it('keeps up to forty different prompts of each drawn account, once however often they are sent', async () => {
  const counts = await withContext({}, async (context) => {
    const { engine } = context;
    await engine.execute(sql`
      CREATE TABLE texts AS
      SELECT account_id, timestamp '2026-01-01' + to_seconds(call) AS timestamp, 'prompt ' || account_id || call % size AS prompt
      FROM (VALUES ('many', 100), ('few', 3), ('stranger', 5)) a(account_id, size), range(200) r(call)`);
    await engine.execute(sql`
      CREATE TABLE drawn AS SELECT 0 AS cluster, draw, account_id FROM (VALUES ('many'), ('few')) a(account_id), range(2) r(draw)`);
    await storeSampledPrompts(context, 'texts');
    return engine.query(sql`
      SELECT account_id, count(*)::INTEGER AS prompts, count(DISTINCT prompt)::INTEGER AS different,
        max(epoch(timestamp))::INTEGER - epoch(timestamp '2026-01-01')::INTEGER AS latest
      FROM sampled_prompts GROUP BY account_id ORDER BY account_id`);
  });
  const rows = [...counts].map(({ account_id, prompts, different, latest }) => [
    account_id,
    prompts,
    different,
    latest < 100,
  ]);
  expect(rows).toEqual([
    ['few', 3, 3, true],
    ['many', 40, 40, true],
  ]);
});
