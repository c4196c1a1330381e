import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { traced } from '../../src/engine/traced.ts';
import { withEngine } from '../support/world.ts';

describe('a traced engine', () => {
  it('tells statements with their time, without the values in them', async () => {
    await withEngine(async (engine) => {
      const told: string[] = [];
      const watched = traced(engine, (text) => told.push(text));
      const rows = await watched.query(sql`SELECT ${"acct'secret"} AS name,\n  1 AS one`);
      expect(rows.get(0)?.name).toBe("acct'secret");
      await expect(watched.execute(sql`SELECT no_such_column`)).rejects.toThrow();
      expect(told.map((text) => text.replace(/^\d+ ms/, 'n ms'))).toEqual([
        "n ms: SELECT '…' AS name, 1 AS one",
        'n ms: SELECT no_such_column',
      ]);
    });
  });
});
