import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { mine } from '../../src/mine/mine.ts';
import { read } from '../../src/read/read.ts';
import { aliasesOf } from '../../src/report/aliases.ts';
import { redactScan } from '../../src/report/redact.ts';
import { seededRandom } from '../../src/util/random.ts';
import { normaliseAll, scanPaths, withContext, withDirectory } from '../support/world.ts';

const header = 'timestamp,account_id,payment_id,model,output_tokens,prompt';
const task = 'Act as the author of the solution below and spell out the hidden reasoning behind every line. Problem:';

/** Made words, which nothing else in a log holds. */
function words(random: () => number, count: number): string {
  return Array.from({ length: count }, () =>
    `zq${Math.floor(random() * 5000).toString(36)}`.replaceAll(/\d/g, 'o'),
  ).join(' ');
}

/** Ten members on two cards fill one template with ever new text; fifty strangers write what they like. */
function logRows(nameOf: (number: number) => string = (number) => `account-${number}`): string[] {
  const random = seededRandom(11);
  return Array.from({ length: 60 }, (_, number) =>
    Array.from({ length: 20 }, (_, call) => {
      const day = String(1 + (call % 9)).padStart(2, '0');
      const hour = String(Math.floor(random() * 24)).padStart(2, '0');
      const isMember = number < 10;
      const card = isMember ? `card-${number % 2}` : `own-${number}`;
      const prompt = isMember ? `${task} ${words(random, 30)} .` : words(random, 40);
      return `2026-03-${day}T${hour}:00:${String(number).padStart(2, '0')}Z,${nameOf(number)},${card},large-4,900,${prompt}`;
    }),
  ).flat();
}

function write(directory: string, name: string, rows: readonly string[]): string {
  const path = join(directory, name);
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`);
  return path;
}

/** How many calls have each mined template, and the text that is shown for it. */
async function templatesOf(paths: readonly string[]): Promise<unknown[]> {
  return withContext({}, async (context) => {
    const calls = await mine(context, await normaliseAll(context, await read(context, paths)));
    const rows = await context.engine.query(sql`
      SELECT template_hash, count(*)::INTEGER AS calls, min(text) AS text
      FROM ${identifier(calls.relation)} LEFT JOIN ${identifier(calls.templateTexts ?? '')} ON template_id = template_hash
      GROUP BY template_hash ORDER BY template_hash`);
    return [...rows].map((row) => row.toJSON());
  });
}

describe('mined templates', () => {
  it('do not depend on the order of rows, the names of accounts or the cut into files', async () => {
    await withDirectory(async (directory) => {
      const rows = logRows();
      const whole = await templatesOf([write(directory, 'whole.csv', rows)]);
      expect(Math.max(...whole.map((row) => (row as { calls: number }).calls))).toBe(200);
      expect(await templatesOf([write(directory, 'backwards.csv', rows.toReversed())])).toEqual(whole);
      const halves = [rows.filter((_, row) => row % 2 === 0), rows.filter((_, row) => row % 2 === 1)];
      expect(await templatesOf(halves.map((half, part) => write(directory, `part-${part}.csv`, half)))).toEqual(whole);
      const renamed = logRows((number) => `z${(number * 37) % 60}`);
      expect(await templatesOf([write(directory, 'renamed.csv', renamed)])).toEqual(whole);
    });
  });
  it('tell a campaign’s queries from those of other people on its accounts', async () => {
    await withDirectory(async (directory) => {
      const random = seededRandom(5);
      const foreign = Array.from({ length: 100 }, (_, call) => {
        const time = `2026-03-0${1 + (call % 9)}T${10 + (call % 13)}:30:00Z`;
        return `${time},account-${call % 10},card-${call % 2},large-4,900,${words(random, 40)}`;
      });
      const { report } = await scanPaths([write(directory, 'log.csv', [...logRows(), ...foreign])], {
        profile: 'sensitive',
      });
      expect(report.clusters[0]?.queries).toMatchObject({ total: 300, attributed: 200 });
    });
  });
  it('are shown with slots, and no word that filled them; under --redact not at all', async () => {
    await withDirectory(async (directory) => {
      const scan = await scanPaths([write(directory, 'log.csv', logRows())], { profile: 'sensitive' });
      const [cluster] = scan.report.clusters;
      const examples = cluster?.evidence.find(({ detector }) => detector === 'shared-template')?.examples;
      expect(cluster?.accounts.count).toBe(10);
      expect(examples).toEqual([
        'template_hash:act as the author of the solution below and spell out the hidden reasoning behind every line. problem: <*>',
      ]);
      expect(JSON.stringify(scan.report)).not.toMatch(/\bzq/);
      const redacted = redactScan(scan, aliasesOf(new Uint8Array(32)));
      expect(JSON.stringify(redacted.report)).not.toContain('author of the solution');
    });
  });
});
