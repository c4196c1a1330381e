import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sql } from '../../src/engine/sql.ts';
import { detectors } from '../../src/link/registry.ts';
import type { Inspection } from '../../src/model/inspection.ts';
import { fixtures, withDirectory, withEngine } from '../support/world.ts';
import { stillhunt } from './streams.ts';

const demo = join(fixtures, 'demo/export.csv.gz');

async function inspected(argv: readonly string[]): Promise<Inspection & { code: number }> {
  const { code, stdout } = await stillhunt(['inspect', ...argv, '-f', 'json']);
  return { ...JSON.parse(stdout), code };
}

async function inspectText(content: string, argv: readonly string[] = []) {
  return withDirectory(async (directory) => {
    const path = join(directory, 'log.csv');
    writeFileSync(path, content);
    const { code, stdout } = await stillhunt(['inspect', path, ...argv]);
    return { code, stdout, json: await inspected([path, ...argv]) };
  });
}

const log = `when,user,client_ip,card_fingerprint,prompt,status
2026-02-03T10:00:00Z,ann@firm.example,192.0.2.7,pm_secret,tell me,200
2026-02-03T11:00:00Z,bob@firm.example,unknown,pm_secret,tell you,
never,bob@firm.example,192.0.2.7,,,200
`;

describe('inspect', () => {
  it('says container, compression, rows, times and span', async () => {
    const { files, rows, window, accounts, code } = await inspected([demo]);
    expect(code).toBe(0);
    expect(files).toMatchObject([
      {
        paths: [demo],
        container: 'csv',
        compression: 'gzip',
        preset: null,
        rows: 37_723,
        times: 'times with an offset',
        sampled: null,
      },
    ]);
    expect(rows).toEqual({ read: 37_723, used: 37_723, rejected: {}, others: {}, duplicates: {} });
    expect(window.from).toMatch(/^2026-02-02T00:00:01/);
    expect(accounts).toBe(467);
  });

  it('says where each column comes from and how often it is missing', async () => {
    const { json } = await inspectText(log, ['--map', 'timestamp=when']);
    expect(json.files[0]?.mapping).toEqual({
      timestamp: 'when',
      account_id: 'user',
      ip: 'client_ip',
      payment_id: 'card_fingerprint',
      prompt: 'prompt',
      status: 'status',
    });
    const missing = Object.fromEntries(json.columns.map((column) => [column.name, column.missing]));
    expect(missing).toMatchObject({ timestamp: 0, account_id: 0, ip: 0.5, payment_id: 0, status: 0.5 });
    expect(json.rows).toEqual({
      read: 3,
      used: 2,
      rejected: { 'timestamp does not parse': 1 },
      others: {},
      duplicates: {},
    });
  });

  it('shows accounts, addresses, payments and texts as aliases only', async () => {
    const { json, stdout } = await inspectText(log, ['--map', 'timestamp=when']);
    for (const text of [stdout, JSON.stringify({ ...json, files: [] })])
      for (const value of ['firm.example', '192.0.2.7', 'pm_secret', 'tell']) expect(text).not.toContain(value);
    expect(json.sample[0]).toMatchObject({
      account_id: 'account 1',
      ip: 'ip 1',
      payment_id: 'payment 1',
      status: '200',
    });
    expect(json.sample[1]).toMatchObject({ account_id: 'account 2', payment_id: 'payment 1' });
  });

  it('says which detectors can run and what would let the others', async () => {
    const { json } = await inspectText(log, ['--map', 'timestamp=when']);
    expect(json.detectors.map(({ id }) => id)).toEqual(detectors.map(({ id }) => id));
    const of = (id: string) => json.detectors.find((one) => one.id === id);
    expect(of('shared-payment')).toMatchObject({ canRun: true, missing: [] });
    expect(of('shared-device')).toMatchObject({ canRun: false, missing: [['tls_fingerprint'], ['user_agent']] });
  });

  it('names the preset with its confidence', async () => {
    const { json } = await inspectText(
      'start_time,end_time,input_tokens,output_tokens,num_model_requests,user_id,model,project_id,api_key_id\n1770109200,1770112800,5,7,3,ann,m,p,k\n',
      ['--preset', 'openai_usage_csv'],
    );
    expect(json.files[0]).toMatchObject({ preset: 'openai_usage_csv', grain: 'bucket' });
    expect(json.files[0]?.confidence).toBeGreaterThan(0);
  });

  it('fits into 80 columns and prints nothing that moves the cursor', async () => {
    const hostile = `timestamp,account_id,model,${'long'.repeat(30)}\n2026-02-03T10:00:00Z,a,\u001b[2J\u202egpt${'x'.repeat(300)},b\n`;
    const { stdout } = await inspectText(hostile);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(stdout).toContain('\\u001b[2J');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('reads parts of a large Parquet file and says so', () =>
    withDirectory(async (directory) => {
      const path = join(directory, 'large.parquet');
      await withEngine((engine) =>
        engine.execute(sql`
          COPY (SELECT TIMESTAMP '2026-02-03' + to_seconds(range) AS timestamp, 'a' || range % 7 AS account_id FROM range(300000))
          TO ${path} (FORMAT parquet, ROW_GROUP_SIZE 20000)`),
      );
      const { files, rows, window } = await inspected([path]);
      expect(files[0]).toMatchObject({ rows: 300_000, sampled: '10 parts of 10,000 rows each, at even distances' });
      expect(rows.read).toBe(100_000);
      expect(window).toEqual({ from: '2026-02-03T00:00:00.000Z', to: '2026-02-06T11:19:59.000Z' });
    }));

  it('puts files together that are alike', () =>
    withDirectory(async (directory) => {
      for (const name of ['a', 'b'])
        writeFileSync(join(directory, `${name}.csv`), 'timestamp,account_id\n2026-02-03,x\n');
      const { files } = await inspected([directory]);
      expect(files).toHaveLength(1);
      expect(files[0]).toMatchObject({ paths: [join(directory, 'a.csv'), join(directory, 'b.csv')], rows: 2 });
    }));

  it.each([
    ['timestamp,account_id\nnever,a\n', 3],
    ['color\nred\n', 2],
  ])('ends with the exit codes of a scan: %j', (content, expected) =>
    withDirectory(async (directory) => {
      const path = join(directory, 'log.csv');
      writeFileSync(path, content);
      expect((await stillhunt(['inspect', path])).code).toBe(expected);
    }),
  );
});
