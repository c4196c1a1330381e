import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Rule {
  readonly why: string;
  /** Files the rule is about, as paths below src. */
  readonly from: RegExp;
  /** Imports that those files must not have: packages by name, own files as paths below src. */
  readonly forbidden: RegExp;
  readonly except?: RegExp;
}

const stages = '(read|normalise|mine|measure|link|cluster|score|report|simulate|evaluate|inspect)';

const rules: readonly Rule[] = [
  {
    why: 'only the engine knows which database is beneath, so that another can take its place',
    from: /^(?!engine\/)/,
    forbidden: /^@duckdb\//,
  },
  {
    why: 'stages meet in the data they hand on, never in each other: a detector can be added without reading the graph',
    from: new RegExp(`^${stages}/`),
    forbidden: new RegExp(`^(${stages}|cli|config|pipeline)/`),
    except: /./,
  },
  {
    why: 'the generator must share nothing with what it is to test, or a good score proves nothing',
    from: /^simulate\//,
    forbidden: /^(mine|measure|link|cluster|score)\//,
  },
  {
    why: 'files are opened where input and output are dealt with, so that everything else can be tested without any',
    from: /^(?!(read|config|cli|simulate|engine|bench)\/)/,
    forbidden: /^node:(fs|fs\/promises|child_process|net|http|https)$/,
  },
  {
    why: 'nothing leaves the machine',
    from: /^/,
    forbidden: /^node:(net|http|https|http2|dgram|tls|dns)$/,
  },
  {
    why: 'model holds types and constants that everybody may use, so it can depend on nobody',
    from: /^model\//,
    forbidden: /^(engine|cli|config|pipeline|read|normalise|mine|measure|link|cluster|score|report)\//,
  },
];

const root = resolve(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) =>
    specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier,
  );
}

describe('architecture', () => {
  for (const { why, from, forbidden, except } of rules) {
    it(why, () => {
      const broken = files
        .filter((file) => from.test(file))
        .flatMap((file) => {
          const own = file.split('/')[0] ?? '';
          return importsOf(file)
            .filter((target) => forbidden.test(target) && !(except !== undefined && target.startsWith(`${own}/`)))
            .map((target) => `${file} imports ${target}`);
        });
      expect(broken).toEqual([]);
    });
  }

  it('only cli/terminal.ts holds the console streams', () => {
    const speakers = files.filter((file) =>
      /process\.(stdout|stderr)|console\./.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(speakers.filter((file) => file !== 'cli/terminal.ts' && !file.startsWith('bench/'))).toEqual([]);
  });

  it('files stay small enough to hold one thing', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
