import { describe, expect, it } from 'vitest';
import { explainCluster } from '../../src/explain/cluster.ts';
import type { AskedFor, ReportCluster, RunReport } from '../../src/model/report.ts';
import { aliasesOf } from '../../src/report/aliases.ts';
import { askedText } from '../../src/report/asked-text.ts';
import { redactReport } from '../../src/report/redact.ts';
import { reporters } from '../../src/report/registry.ts';
import { plainPaint } from '../../src/report/reporter.ts';
import { fixture } from './fixture.ts';

const style = { width: 100, paint: plainPaint };
const asked: AskedFor = {
  prompts: 1_000,
  capabilities: [
    { label: 'reasoning', share: 0.62 },
    { label: 'other', share: 0.3 },
    { label: 'code', share: 0.08 },
  ],
  labels: [
    { label: 'chain-of-thought', share: 0.41 },
    { label: 'autograding', share: 0.01 },
  ],
};

function withAsked(given: AskedFor): RunReport {
  const [first, ...rest] = fixture.clusters;
  return { ...fixture, clusters: [{ ...first, asked: given } as ReportCluster, ...rest] };
}

const line = 'reasoning 62 %; asks for chain of thought 41 % (1,000 prompts read)';
const raw = 'tell me of <b>everything</b>';

describe('what a cluster was after', () => {
  it.each(['table', 'markdown', 'html'])('stands in a line in %s', (format) => {
    const text = reporters.find((one) => one.format === format)?.render(withAsked(asked), { ...style, width: 200 });
    expect(text?.replace(/\s+/g, ' ')).toContain(line);
  });

  it('is nothing where no rule fits', () => {
    const other = { prompts: 7, capabilities: [{ label: 'other', share: 1 }], labels: [] };
    expect(askedText(other)).toBe('nothing that the rules have a name for (7 prompts read)');
  });

  it('is explained', () => {
    const run = withAsked(asked);
    const text = explainCluster(run, run.clusters[0] as ReportCluster, style).join('\n');
    expect(text).toContain(`What they were after\n    ${line}`);
    expect(text).not.toContain('Raw prompts');
  });

  it.each(reporters.map(({ format }) => format))('%s says so where it has raw prompts, and nothing else', (format) => {
    const render = (run: RunReport) => reporters.find((one) => one.format === format)?.render(run, style) ?? '';
    const shown = render(withAsked({ ...asked, examples: [raw] }));
    if (['table', 'markdown', 'html'].includes(format))
      expect(shown).toContain('the run holds raw prompts (--show-text)');
    expect(shown).not.toContain(format === 'html' ? raw : '\u001b');
    expect(render(withAsked(asked))).not.toContain('everything');
  });

  it('keeps no raw prompt where names are aliases', () => {
    const redacted = redactReport(withAsked({ ...asked, examples: [raw] }), aliasesOf(Buffer.from('key')));
    expect(redacted.clusters[0]?.asked).toEqual(asked);
  });
});
