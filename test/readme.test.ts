import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands/registry.ts';
import { vocabularyOf } from '../src/cli/completion/vocabulary.ts';
import { buildProgram } from '../src/cli/program.ts';
import { scanSettings } from '../src/config/options.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
const names = commands.map(({ name }) => name);
const { commands: words } = vocabularyOf(await buildProgram(new Set(names), async () => {}));
const everyOption = new Set(words.flatMap(({ options }) => options.flatMap(({ names: flags }) => flags)));
const optionsOf = (name: string) =>
  new Set(words.find((command) => command.name === name)?.options.flatMap(({ names: flags }) => flags));

/** Lines of examples that run the program, without what a comment or another program adds. */
const examples = [...readme.matchAll(/^[^`\n]*?\bstillhunt ([^#|>\n]+)/gm)]
  .filter(({ index }) => isInCode(index))
  .map((match) => (match[1] ?? '').trim());

function isInCode(index: number): boolean {
  return (readme.slice(0, index + 1).match(/^```/gm)?.length ?? 0) % 2 === 1;
}

/** What an example's flags belong to: the command it names, or scan. */
function commandOf(example: string): string {
  const [first = ''] = example.split(' ');
  return names.includes(first) ? first : (names[0] ?? '');
}

describe('README', () => {
  it('has examples', () => expect(examples.length).toBeGreaterThan(10));

  it.each(examples)('example: stillhunt %s', (example) => {
    const known = optionsOf(commandOf(example));
    const flags = example.split(' ').filter((word) => /^-{1,2}[a-z]/.test(word));
    expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('names no option that does not exist', () => {
    const prose = readme.replace(/^npm .*$/gm, '');
    const named = [...prose.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => flag);
    expect([...new Set(named)].filter((flag) => !everyOption.has(flag) && flag !== '--help')).toEqual([]);
  });

  it.each(names)('tells of the command %s', (name) => expect(readme).toMatch(new RegExp(`stillhunt ${name}\\b`)));
});

describe('help', () => {
  const scan = words.find(({ name }) => name === 'scan');
  const defaults: Record<string, unknown> = scanSettings.parse({});

  it('tells the defaults that hold', () => {
    const told = (scan?.options ?? []).flatMap(({ names: [long = ''], description }) => {
      const setting = long.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const [, value] = /\(default: ([^ )]+)\)$/.exec(description) ?? [];
      return value === undefined || defaults[setting] === undefined ? [] : [[setting, value]];
    });
    expect(told.length).toBeGreaterThan(4);
    expect(told.filter(([setting = '', value]) => String(defaults[setting]) !== value)).toEqual([]);
  });

  it('has an option for every setting', () => {
    const flags = Object.keys(scanSettings.shape).map(
      (setting) => `--${setting.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    );
    expect(flags.filter((flag) => !optionsOf('scan').has(flag))).toEqual([]);
  });
});
