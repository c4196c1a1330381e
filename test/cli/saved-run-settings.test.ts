import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runPath } from '../report/fixture.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

const cluster = 'c-';

/** What a command says on stdout where a configuration file holds these settings. */
async function withSettings(settings: object, argv: readonly string[], environment: Record<string, string> = {}) {
  return withDirectory(async (directory) => {
    const path = join(directory, 'settings.json');
    writeFileSync(path, JSON.stringify(settings));
    return stillhunt([...argv, '--config', path], { environment });
  });
}

describe('settings count for the commands that show saved runs', () => {
  it('report takes format, colour, zone and redaction', async () => {
    expect((await withSettings({ format: 'json' }, ['report', runPath])).stdout).toMatch(/^\{/);
    expect((await withSettings({ color: 'always' }, ['report', runPath])).stdout).toContain('\u001b[');
    expect((await withSettings({ tz: 'Asia/Tokyo' }, ['report', runPath])).stdout).toContain('span (+09:00)');
    expect((await withSettings({ redact: true, format: 'json' }, ['report', runPath])).stdout).toContain('"redaction"');
  });

  it('explain takes colour and zone', async () => {
    const { clusters } = JSON.parse((await stillhunt(['report', runPath, '-f', 'json'])).stdout);
    const id = String(clusters[0].id);
    const { stdout } = await withSettings({ tz: 'Asia/Tokyo', color: 'always' }, ['explain', runPath, id]);
    expect(id.startsWith(cluster)).toBe(true);
    expect(stdout).toContain('+09:00');
    expect(stdout).toContain('\u001b[');
  });

  it('diff takes format and --fail-on', async () => {
    const { stdout, code } = await withSettings({ format: 'json', failOn: 'low' }, ['diff', runPath, runPath]);
    expect(JSON.parse(stdout).changes.length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it('the flag outranks the environment, and that the file', async () => {
    const environment = { STILLHUNT_FORMAT: 'csv' };
    expect((await withSettings({ format: 'json' }, ['report', runPath], environment)).stdout).toMatch(/^rank,/);
    expect((await withSettings({ format: 'json' }, ['report', runPath, '-f', 'ndjson'], environment)).stdout).toMatch(
      /^\{"rank":1,/,
    );
  });

  it.each(['report', 'explain', 'diff'])('%s refuses names that are not known', async (command) => {
    const { code, stderr } = await withSettings(
      { colour: 'always' },
      [command, runPath, runPath].slice(0, command === 'report' ? 2 : 3),
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/no setting colour; did you mean color\?/);
  });
});

describe('--tz', () => {
  it('shows instants in the zone, with their offset, and leaves JSON alone', async () => {
    const plain = (await stillhunt(['report', runPath])).stdout;
    const shown = (await stillhunt(['report', runPath, '--tz', 'America/Los_Angeles'])).stdout;
    expect(plain).toMatch(/window {5}2026-02-02 00:00 to 2026-03-01 23:59 UTC/);
    expect(shown).toMatch(/window {5}2026-02-01 16:00 to 2026-03-01 15:59 -08:00/);
    expect(shown).toContain('span (-08:00)');
    const json = await stillhunt(['report', runPath, '-f', 'json', '--tz', 'America/Los_Angeles']);
    expect(json.stdout).toBe((await stillhunt(['report', runPath, '-f', 'json'])).stdout);
  });

  it('is refused in one line where there is no such zone', async () => {
    const { code, stderr } = await stillhunt(['report', runPath, '--tz', '+02:00']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^stillhunt: --tz "\+02:00": no such time zone[^\n]*\n$/);
  });
});
