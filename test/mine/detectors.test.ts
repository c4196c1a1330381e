import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { identifier, sql } from '../../src/engine/sql.ts';
import { link } from '../../src/link/link.ts';
import { measure } from '../../src/measure/measure.ts';
import { mined } from '../support/mined.ts';
import { fixtures } from '../support/world.ts';

/** So many made words, the same for the same name and else never. */
function words(name: string, count: number): string {
  const letters = (word: number) =>
    createHash('md5')
      .update(`${name} ${word}`)
      .digest('hex')
      .slice(0, 7)
      .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');
  return Array.from({ length: count }, (_, word) => letters(word)).join(' ');
}

/** The calls of a detector's fixture with texts in place of hashes: templates are filled, system prompts salted for each call. */
function written(id: string, file: string): { readonly header: string[]; readonly rows: string[][] } {
  const [head = '', ...lines] = readFileSync(join(fixtures, 'detectors', id, file), 'utf8')
    .trim()
    .split('\n');
  const columns = head.split(',');
  const isTemplate = columns.includes('template_hash');
  const rows = lines.map((line, number) => {
    const cell = new Map(line.split(',').map((value, position) => [columns[position] ?? '', value]));
    const filling = words(cell.get('prompt_hash') ?? `call ${number}`, 12);
    const template = words(cell.get('template_hash') ?? cell.get('system_prompt_hash') ?? '', 30);
    const isMissing = cell.get('system_prompt_hash') === 'unknown';
    const salted = isMissing ? 'unknown' : `${template} ${words(`salt ${number}`, 6)}`;
    const texts = isTemplate ? [`${template} ${filling} end`] : [filling, salted];
    return [cell.get('timestamp') ?? '', cell.get('account_id') ?? '', ...texts];
  });
  return { header: ['timestamp', 'account_id', 'prompt', ...(isTemplate ? [] : ['system_prompt'])], rows };
}

async function linked(id: string, file: string): Promise<string[]> {
  const { header, rows } = written(id, file);
  return mined(header, rows, async (context, calls) => {
    const features = await measure(context, calls);
    const { runs } = await link(context, calls, features);
    const position = runs.findIndex((run) => run.id === id);
    const found = await context.engine.query(sql`
      SELECT DISTINCT account_id FROM evidence_links JOIN evidence_values USING (value) JOIN ${identifier(features.relation)} USING (account)
      WHERE detector = ${position} ORDER BY account_id`);
    return [...found].map(({ account_id }) => account_id);
  });
}

const workers = Array.from({ length: 8 }, (_, worker) => `worker-${worker}`);

describe.each(['shared-template', 'work-partition', 'prompt-overlap'])('%s on texts', (id) => {
  it('links what it links on hashes', async () => expect(await linked(id, 'positive.csv')).toEqual(workers));
  it('links no strangers', async () => expect(await linked(id, 'negative.csv')).toEqual([]));
});
