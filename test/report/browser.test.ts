import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { htmlPage } from '../../src/report/html.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { withDirectory } from '../support/world.ts';
import { fixture } from './fixture.ts';
import { largeRun } from './illustrate.ts';
import { poison } from './poison.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);

const attack =
  '"></title></style><script>document.title="owned"</script><img src=http://tracker.example/a onerror=\'document.title="owned"\'><b>';

/** What a real browser makes of a page: its elements, what it says on its console, and the addresses it asked for. */
function open(directory: string, page: string) {
  const [path, log] = [join(directory, 'run.html'), join(directory, 'net.json')];
  writeFileSync(path, page);
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
  ];
  const { stdout, stderr, status } = spawnSync(
    browser ?? '',
    [
      ...flags,
      `--user-data-dir=${join(directory, 'profile')}`,
      '--host-resolver-rules=MAP * ~NOTFOUND',
      `--log-net-log=${log}`,
      '--enable-logging=stderr',
      '--dump-dom',
      pathToFileURL(path).href,
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const said = stderr.split('\n').filter((line) => line.includes('CONSOLE'));
  return { dom: stdout, said, status, asked: readFileSync(log, 'utf8') };
}

describe.skipIf(browser === undefined)('the page in a browser', () => {
  it('runs nothing, asks nobody and says nothing, whatever the log holds', { timeout: 60_000 }, async () => {
    await withDirectory(async (directory) => {
      const { dom, said, status, asked } = open(
        directory,
        htmlPage.render(poison(attack), { width: 80, paint: plainPaint }),
      );
      expect({ status, said }).toEqual({ status: 0, said: [] });
      expect(dom).toContain('<title>stillhunt: 3 suspect clusters</title>');
      expect(dom).not.toMatch(/<(script|img|b)\b/);
      expect(dom).toContain('tracker.example');
      expect(asked).not.toContain('tracker.example');
    });
  });

  it('stands whole for 25,000 accounts', { timeout: 60_000 }, async () => {
    await withDirectory(async (directory) => {
      const { dom, said } = open(directory, htmlPage.render(largeRun(fixture), { width: 80, paint: plainPaint }));
      expect(said).toEqual([]);
      expect(dom.match(/<section class="cluster"/g)).toHaveLength(20);
      expect(dom).toContain('What was read');
    });
  });
});
