import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../src/model/report.ts';
import { seededRandom, shuffle } from '../../src/util/random.ts';
import { fixtures, scanPaths, withDirectory } from '../support/world.ts';

const demo = join(fixtures, 'demo/export.csv.gz');
const [header = '', ...lines] = gunzipSync(readFileSync(demo)).toString().trimEnd().split('\n');

async function scanFiles(files: readonly (readonly string[])[], head = header): Promise<RunReport> {
  return withDirectory(async (directory) => {
    const paths = files.map((rows, position) => {
      const path = join(directory, `part-${position}.csv`);
      writeFileSync(path, `${[head, ...rows].join('\n')}\n`);
      return path;
    });
    return (await scanPaths(paths)).report;
  });
}

/** Everything of the clusters but what names the accounts. */
function found(report: RunReport, rename: (id: string) => string = (id) => id) {
  return report.clusters.map((cluster) => ({
    level: cluster.level,
    ids: cluster.accounts.ids.map(rename).sort(),
    core: cluster.accounts.core,
    queries: cluster.queries,
    evidence: cluster.evidence.map(({ detector, accounts, summary }) => ({ detector, accounts, summary })),
  }));
}

describe('the same clusters', async () => {
  const original = await scanFiles([lines]);

  it('and there are some', () => expect(original.clusters.length).toBeGreaterThan(0));

  it('with the rows in another order', async () => {
    const order = shuffle(Int32Array.from(lines.keys()), seededRandom(3));
    expect(found(await scanFiles([Array.from(order, (row) => lines[row] ?? '')]))).toEqual(found(original));
  });

  it('with the file split', async () => {
    const half = lines.length >> 1;
    expect(found(await scanFiles([lines.slice(0, half), lines.slice(half)]))).toEqual(found(original));
  });

  it('with the accounts renamed', async () => {
    const column = header.split(',').indexOf('account_id');
    const back = new Map<string, string>();
    const renamed = lines.map((line) => {
      const cells = line.split(',');
      const name = cells[column] ?? '';
      const alias = `z${[...name].reverse().join('')}`;
      back.set(alias, name);
      return cells.with(column, alias).join(',');
    });
    expect(found(await scanFiles([renamed]), (id) => back.get(id) ?? id)).toEqual(found(original));
  });

  it('with an unrelated account more', async () => {
    const names = header.split(',');
    const extra = Array.from({ length: 5 }, (_, hour) =>
      names
        .map(
          (name) => ({ timestamp: `2026-02-05T0${hour}:00:00Z`, account_id: 'newcomer', ip: '192.0.2.77' })[name] ?? '',
        )
        .join(','),
    );
    const before = found(original).map(({ level, ids }) => ({ level, ids }));
    expect(found(await scanFiles([[...lines, ...extra]])).map(({ level, ids }) => ({ level, ids }))).toEqual(before);
  });

  it('and the same bytes with the same input', async () => {
    expect(JSON.stringify(await scanFiles([lines]).then((report) => report.clusters))).toBe(
      JSON.stringify(original.clusters),
    );
  });
});

it('leaves nothing behind in the temp directory', async () => {
  await withDirectory(async (directory) => {
    await scanPaths([demo], { tempDir: directory });
    const { readdirSync } = await import('node:fs');
    expect(existsSync(directory)).toBe(true);
    expect(readdirSync(directory)).toEqual([]);
  });
});
