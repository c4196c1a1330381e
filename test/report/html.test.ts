import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { htmlPage } from '../../src/report/html.ts';
import { json } from '../../src/report/json.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { parseReport } from '../../src/report/schema.ts';
import { fixture, nothingFound } from './fixture.ts';
import { illustrate, largeRun } from './illustrate.ts';
import { poison } from './poison.ts';

const style = { width: 80, paint: plainPaint };
const illustrated = illustrate(fixture);
const page = htmlPage.render(illustrated, style);

/** Tags in their order, with the names of their attributes. */
function skeleton(text: string): string[] {
  return (text.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, ''));
}

describe('the page', () => {
  it('allows itself nothing but its own rules, by their hash', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    const rules = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(rules).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
  });

  it('runs, loads and links nothing', () => {
    const attributes = [...page.matchAll(/\s(src|href|style|on\w+)="([^"]*)"/g)].map(([, name, value]) => ({
      name,
      value,
    }));
    for (const { name, value } of attributes)
      expect({ name, value }).toEqual({ name: 'href', value: expect.stringMatching(/^(#|data:,$)/) });
    expect(skeleton(page).join('')).not.toMatch(/<(script|img|iframe|object|embed|form|base)/);
    expect(page).not.toMatch(/@import|url\(/);
  });

  it('can be walked without seeing it', () => {
    expect(page).toMatch(/<html lang="en">/);
    for (const landmark of ['<header>', '<main>', '<footer>']) expect(page).toContain(landmark);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    const jumps = levels.map((level, position) => level - (levels[position - 1] ?? 0));
    expect(Math.max(...jumps)).toBeLessThanOrEqual(1);
    const drawings = page.match(/<svg[^>]*>/g) ?? [];
    for (const drawing of drawings) expect(drawing).toMatch(/role="img" aria-labelledby=|aria-hidden="true"/);
    expect(page.match(/<table/g)?.length).toBe(page.match(/<caption>/g)?.length);
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, names = ''] of page.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const name of names.split(' ')) expect(ids).toContain(name);
  });

  it('shows every picture of a cluster, and does without where a saved run has none', () => {
    for (const heading of ['Queries a day', 'Activity by member', 'What ties them', 'Hour of the day', 'Output tokens'])
      expect(page).toContain(heading);
    expect(page).toContain('▼ large-5');
    const plain = htmlPage.render(fixture, style);
    expect(plain).toContain('Queries a day');
    expect(plain).not.toContain('Activity by member');
    expect(htmlPage.render(nothingFound, style)).toContain('Why nothing may have been found');
  });

  it('is the same for a saved run', () => {
    const saved = parseReport(json.render(illustrated, style), 'run.json');
    expect(htmlPage.render(saved, style)).toBe(page);
  });

  it.each([
    '<script>alert(1)</script>',
    `"><img src=x onerror=alert(1)>`,
    `' onload='x`,
    '</title></style></svg>--><b>',
    '&lt;b&gt;&#60;',
    '\u0000\u2028<\u0000b>',
  ])('takes a text for a text: %j', (text) => {
    expect(skeleton(htmlPage.render(poison(text), style))).toEqual(skeleton(htmlPage.render(poison('x'), style)));
    expect(htmlPage.render(poison('&'), style)).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
  });

  it('stays small and quick for 25,000 accounts', () => {
    const run = largeRun(fixture);
    // Time of this process alone: others on the machine must not fail the test.
    const before = process.cpuUsage();
    const text = htmlPage.render(run, style);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
    expect(text.length).toBeLessThan(3_000_000);
    expect(text).toContain('48 of 14,000 members');
    expect(text).toContain('First 500 of 14,000 account ids');
    expect(json.render(run, style).length).toBeLessThan(3_000_000);
  });
});
