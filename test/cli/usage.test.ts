import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/link/registry.ts';
import { runPath, runText } from '../report/fixture.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

describe('wrong usage ends with 2 and one line on stderr', () => {
  it.each([
    [[], "missing required argument 'path'"],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['x.csv', '-f', 'xml'], 'Allowed choices are table, json'],
    [['x.csv', '-o', 'run.pdf'], 'no report format for .pdf'],
    [['x.csv', '--accounts', 'a.xls'], 'use one of .csv, .parquet, .arrow'],
    [['x.csv', '-o', '/nowhere/at/all/run.json'], 'cannot be written (ENOENT'],
    [['x.csv', '--threads', 'many'], '--threads "many"'],
    [['x.csv', '--fail-on', 'maybe'], 'Allowed choices are high, medium, low'],
    [['report', 'gone.json'], 'gone.json: cannot be read'],
    [['help', 'nonsense'], 'no such command'],
    [['simulate', 'x', '--scale', '99'], '--scale "99"'],
    [['simulate', 'x', '--evasion', '5'], '--evasion'],
    [['simulate', 'x', '--paraphrase', '0'], '--paraphrase "0"'],
    [['simulate', 'x', '--without', 'account_id'], '--without "account_id"'],
    [['x\u001b[2J\u202e.csv'], 'x\\u001b[2J\\u202e.csv: matches no file'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await stillhunt(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^stillhunt: [^\n]+; [^\n]+\n$/);
    expect(stderr).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('help', () => {
  it('goes to stdout, with the exit codes', async () => {
    const { code, stdout, stderr } = await stillhunt(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const exitCode of ['0', '1', '2', '3', '130']) expect(stdout).toMatch(new RegExp(`^  ${exitCode} `, 'm'));
  });

  it.each(['scan', 'inspect', 'report', 'detectors', 'formats', 'simulate', 'evaluate'])(
    'describes %s',
    async (command) => {
      const { code, stdout } = await stillhunt(['help', command]);
      expect(code).toBe(0);
      expect(stdout).toContain(`stillhunt ${command}`);
    },
  );
});

describe('--print-config', () => {
  it('prints the settings that hold, as a file that gives the same ones', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'settings.json');
      const flags = ['--map', 'ip=addr', '--fail-on', 'high', '--param', 'co-activity.slotSeconds=60', '--no-progress'];
      const first = await stillhunt(['--print-config', ...flags]);
      expect(JSON.parse(first.stdout)).toMatchObject({ failOn: 'high', map: ['ip=addr'], progress: 'none', seed: 1 });
      writeFileSync(path, first.stdout);
      expect((await stillhunt(['--print-config', '--config', path])).stdout).toBe(first.stdout);
    });
  });
});

describe('a saved run', () => {
  it('is shown as a table and as the same JSON', async () => {
    expect((await stillhunt(['report', runPath])).stdout).toContain('3 suspect clusters');
    expect((await stillhunt(['report', runPath, '-f', 'json'])).stdout).toBe(runText);
  });

  it('is refused in one line where it is none', async () => {
    await withDirectory(async (directory) => {
      const path = join(directory, 'run.json');
      writeFileSync(path, '{"schemaVersion": 9}');
      for (const argv of [
        ['report', path],
        ['evaluate', path, path],
      ]) {
        const { code, stderr } = await stillhunt(argv);
        expect(code).toBe(2);
        expect(stderr).toMatch(/^stillhunt: [^\n]*not a saved run[^\n]*\n$/);
      }
    });
  });
});

describe('colour', () => {
  it.each([
    ['a pipe', {}, [], false],
    ['a terminal', { isTTY: true }, [], true],
    ['a terminal with NO_COLOR', { isTTY: true, environment: { NO_COLOR: '1' } }, [], false],
    ['a terminal with an empty NO_COLOR', { isTTY: true, environment: { NO_COLOR: '' } }, [], true],
    ['a dumb terminal', { isTTY: true, environment: { TERM: 'dumb' } }, [], false],
    ['a pipe with FORCE_COLOR', { environment: { FORCE_COLOR: '1' } }, [], true],
    ['a terminal with FORCE_COLOR=0', { isTTY: true, environment: { FORCE_COLOR: '0' } }, [], false],
    [
      'a terminal with an empty FORCE_COLOR and NO_COLOR',
      { isTTY: true, environment: { FORCE_COLOR: '', NO_COLOR: '1' } },
      [],
      false,
    ],
    ['a pipe with --color always', { environment: { NO_COLOR: '1' } }, ['--color', 'always'], true],
    ['a terminal with --color never', { isTTY: true, environment: { FORCE_COLOR: '1' } }, ['--color', 'never'], false],
  ])('on %s', async (_name, options, flags, isColored) => {
    const { stdout } = await stillhunt(['report', runPath, ...flags], options);
    expect(stdout.includes('\u001b[')).toBe(isColored);
  });
});

describe('standard output that breaks', () => {
  it('is no error where the reader has left', async () =>
    expect(await stillhunt(['report', runPath], { failure: 'EPIPE' })).toEqual({ code: 0, stdout: '', stderr: '' }));

  it.each([[['report', runPath]], [['--help']]])('is one where the disk is full: %j', async (argv) => {
    const { code, stderr } = await stillhunt(argv, { failure: 'ENOSPC' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^stillhunt: standard output cannot be written[^\n]*\n$/);
  });
});

describe('detectors', () => {
  it('are listed with their parameters, defaults and reasons', async () => {
    const { stdout } = await stillhunt(['detectors']);
    for (const { id, family } of detectors) expect(stdout).toContain(`${id} (${family})`);
    expect(stdout).toContain('slotSeconds = 300: s; length of a slot');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
