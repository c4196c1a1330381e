import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/registry.ts';
import { shellNames } from '../../src/cli/completion/shells.ts';
import { vocabularyOf } from '../../src/cli/completion/vocabulary.ts';
import { buildProgram, commandsNeeded } from '../../src/cli/program.ts';
import { withDirectory } from '../support/world.ts';
import { stillhunt } from './streams.ts';

const names = commands.map(({ name }) => name);
const vocabulary = vocabularyOf(await buildProgram(new Set(names), async () => {}));

/** What bash offers for the last of these words. */
async function completed(...words: string[]): Promise<string[]> {
  return withDirectory(async (directory) => {
    const script = join(directory, 'completion.bash');
    writeFileSync(script, (await stillhunt(['completion', 'bash'])).stdout);
    const typed = ['stillhunt', ...words].map((word) => `'${word}'`).join(' ');
    const ask = `source '${script}'; COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _stillhunt; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', ask], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return stdout.split('\n').filter((line) => line !== '');
  });
}

describe('completion in bash', () => {
  it.each<[string[], string[]]>([
    [[''], names],
    [['ex'], ['explain']],
    [['--fail'], ['--fail-on']],
    [
      ['x.csv', '--fail-on', ''],
      ['high', 'medium', 'low'],
    ],
    [['diff', 'a', 'b', '-f', 'm'], ['markdown']],
    [
      ['simulate', '--format', ''],
      ['parquet', 'csv'],
    ],
    [['completion', ''], [...shellNames]],
    [['x.csv', ''], []],
  ])('of %j', async (words, expected) => expect(await completed(...words)).toEqual(expected));
});

describe('a completion script', () => {
  it.each(shellNames)('for %s knows every command, option and word', async (shell) => {
    const { code, stdout } = await stillhunt(['completion', shell]);
    expect(code).toBe(0);
    for (const { name, options } of vocabulary.commands) {
      expect(stdout).toContain(name);
      for (const { names: flags, choices } of options) {
        const [long = ''] = flags;
        expect(stdout).toContain(shell === 'fish' ? `-l ${long.slice(2)}` : long);
        for (const choice of choices) expect(stdout).toContain(choice);
      }
    }
  });

  it('for another shell is refused', async () => expect((await stillhunt(['completion', 'tcsh'])).code).toBe(2));
});

describe('only what is needed is loaded', () => {
  it.each<[string[], string[]]>([
    [['--help'], []],
    [['--version'], []],
    [['help', 'diff'], ['diff']],
    [['report', 'run.json'], ['report']],
    [['x.csv'], ['scan']],
    [['-f', 'json', 'x.csv'], ['scan']],
    [[], ['scan']],
  ])('for %j', (argv, expected) => expect([...commandsNeeded(argv)]).toEqual(expected));
});
