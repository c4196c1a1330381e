import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory } from '../support/world.ts';

const quoted = (cell: string) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const cell = fc
  .string({ unit: fc.constantFrom('a', 'Z', '7', ' ', ',', '"', '\n', 'é', '中', "'", ';', '\\'), maxLength: 6 })
  .map((text) => `x${text}x`);

const row = fc.record({
  timestamp: fc
    .date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  account_id: cell,
  ip: fc.oneof(cell, fc.constant('')),
  output_tokens: fc.oneof(fc.nat({ max: 100_000 }).map(String), fc.constant('')),
});

async function callsOf(path: string, options: object): Promise<string[]> {
  return withContext(options, async (context) => {
    const calls = await normaliseAll(context, await read(context, [path]));
    const table = await context.engine.query(sql`SELECT * FROM ${identifier(calls.relation)} ORDER BY ALL`);
    return [...table].map((one) => JSON.stringify(one));
  });
}

it('reads clean CSV row by row just as the engine does', async () => {
  await withDirectory((directory) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(',', ';', '\t'),
        async (rows, delimiter) => {
          const path = join(directory, 'log.csv');
          const names = ['timestamp', 'account_id', 'ip', 'output_tokens'] as const;
          const clean = (text: string) => quoted(delimiter === ',' ? text : text.replaceAll(delimiter, ','));
          const lines = rows.map((one) =>
            names
              .map((name) => (delimiter === ',' ? clean(one[name]) : `"${one[name].replaceAll('"', '""')}"`))
              .join(delimiter),
          );
          writeFileSync(path, `${[names.join(delimiter), ...lines].join('\n')}\n`);
          expect(await callsOf(path, { tolerant: true })).toEqual(await callsOf(path, {}));
        },
      ),
      { numRuns: 25, seed: 7 },
    ),
  );
}, 120_000);
