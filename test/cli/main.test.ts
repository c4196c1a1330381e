import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/link/registry.ts';
import { fixtures, withDirectory } from '../support/world.ts';

const bin = join(import.meta.dirname, '../../bin/stillhunt.js');
const demo = join(fixtures, 'demo/export.csv.gz');

function stillhunt(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

describe('exit codes', () => {
  it('0 when nothing was asked to fail', () => expect(stillhunt([demo]).status).toBe(0));
  it('1 at --fail-on', () => expect(stillhunt(['scan', demo, '--fail-on', 'high']).status).toBe(1));
  it('2 for a missing file, with one line and no stack', () => {
    const { status, stdout, stderr } = stillhunt(['gone.csv']);
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: 'stillhunt: gone.csv: no such file; check the path\n',
    });
  });
  it('2 for wrong usage, with one line', () => {
    const { status, stderr } = stillhunt(['scan', demo, '--fail-on', 'never']);
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
  it('2 with a suggestion for an unknown detector', () =>
    expect(stillhunt([demo, '--detectors', '-shared-adress']).stderr).toContain('did you mean shared-address?'));
  it('3 when no row is usable', () => {
    const { status, stdout } = stillhunt(['-'], 'timestamp,account_id\nnever,a\n');
    expect(status).toBe(3);
    expect(stdout).toContain('No usable row in the input.');
  });
  it('3 above the reject rate', () => {
    const rows = 'timestamp,account_id\n2026-01-01,a\nnever,b\nnever,c\n';
    expect(stillhunt(['-'], rows).status).toBe(3);
    expect(stillhunt(['-', '--max-reject-rate', '0.9'], rows).status).toBe(0);
  });
  it('are in the help', () => expect(stillhunt(['--help']).stdout).toContain('130'));
});

describe('streams', () => {
  it('has colour only where it is asked for', () => {
    expect(stillhunt([demo]).stdout).not.toContain('\u001b[');
    expect(stillhunt([demo, '--color', 'always']).stdout).toContain('\u001b[');
  });
  it('gives a reader that leaves early no trouble', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `'${process.execPath}' '${bin}' scan '${demo}' -f json | head -1`],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
  it('reads standard input as it reads the file', () => {
    const { stdout } = spawnSync(process.execPath, [bin, '-', '-f', 'json'], {
      input: readFileSync(demo),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout).clusters).toEqual(JSON.parse(stillhunt([demo, '-f', 'json']).stdout).clusters);
  });
});

describe('output files', () => {
  it('writes reports and accounts, and overwrites only with --force', async () => {
    await withDirectory(async (directory) => {
      const file = (name: string) => join(directory, name);
      const args = [
        demo,
        '-o',
        file('run.json'),
        '-o',
        file('run.txt'),
        '-o',
        file('run.html'),
        '--accounts',
        file('accounts.csv'),
        '--evidence',
        file('evidence.csv'),
      ];
      expect(stillhunt(args).status).toBe(0);
      expect(JSON.parse(readFileSync(file('run.json'), 'utf8')).schemaVersion).toBe(1);
      const [head = '', ...rows] = readFileSync(file('accounts.csv'), 'utf8').trimEnd().split('\n');
      expect(head).toMatch(/^account_id,cluster_id,role,queries,attributed_queries,suspicion/);
      expect(rows).toHaveLength(467);
      expect(readFileSync(file('evidence.csv'), 'utf8')).toMatch(
        /^cluster_id,detector,family,value,account_id,role,queries,sharers,population\nc-/,
      );
      expect(stillhunt(args).stderr).toContain('exists already');
      expect(stillhunt([...args, '--force']).status).toBe(0);
      expect(stillhunt(['report', file('run.json')]).stdout).toBe(stillhunt([demo]).stdout);
      expect(stillhunt([demo, '--accounts', file('accounts.parquet')]).status).toBe(0);
      expect(stillhunt([file('accounts.parquet'), '--map', 'timestamp=first_seen_ms']).status).toBe(0);
      expect(stillhunt([demo, '--accounts', file('accounts.arrow')]).status).toBe(0);
    });
  });
  it('renders a saved run into files of other formats', async () => {
    await withDirectory(async (directory) => {
      const saved = join(fixtures, 'report/run.json');
      const file = (name: string) => join(directory, name);
      const args = ['report', saved, '-o', file('run.csv'), '-o', file('run.md')];
      expect(stillhunt(args).stdout).toBe(stillhunt(['report', saved]).stdout);
      expect(readFileSync(file('run.csv'), 'utf8')).toBe(stillhunt(['report', saved, '-f', 'csv']).stdout);
      expect(stillhunt(args).stderr).toContain('exists already');
      expect(stillhunt(['report', saved, '-o', saved, '--force']).stderr).toContain('is an input as well');
      expect(readdirSync(directory).sort()).toEqual(['run.csv', 'run.md']);
    });
  });
  it('leaves nothing half-written when the scan fails', async () => {
    await withDirectory(async (directory) => {
      const bad = join(directory, 'bad.csv');
      writeFileSync(bad, 'color\nred\n');
      expect(
        stillhunt([bad, '-o', join(directory, 'run.json'), '--rejects', join(directory, 'rejects.csv')]).status,
      ).toBe(2);
      expect(readdirSync(directory)).toEqual(['bad.csv']);
      expect(existsSync(join(directory, 'run.json'))).toBe(false);
    });
  });
  it('lists rejected rows', async () => {
    await withDirectory(async (directory) => {
      const log = join(directory, 'log.csv');
      writeFileSync(log, 'timestamp,account_id\n2026-01-01,a\nnever,b\n');
      stillhunt([log, '--rejects', join(directory, 'rejects.csv')]);
      expect(readFileSync(join(directory, 'rejects.csv'), 'utf8')).toBe(
        `file,line,reason\n${log},3,timestamp does not parse\n`,
      );
    });
  });
});

it('lists every detector', () => {
  const { stdout } = stillhunt(['detectors', '--json']);
  expect(JSON.parse(stdout).map((one: { id: string }) => one.id)).toEqual(detectors.map((detector) => detector.id));
});
