import { describe, expect, it } from 'vitest';
import { type EvaluatedRun, evaluate } from '../../src/evaluate/evaluate.ts';
import type { Label } from '../../src/evaluate/labels.ts';
import { renderEvaluation } from '../../src/evaluate/render.ts';
import type { Level } from '../../src/model/report.ts';

function label(accountId: string, campaign: string, kind: string, queries = 0): Label {
  return { accountId, label: campaign, kind, queries };
}

const labels: readonly Label[] = [
  ...['a1', 'a2', 'a3', 'a4'].map((id) => label(id, 'campaign-1', 'campaign-1', 100)),
  ...['b1', 'b2'].map((id) => label(id, 'campaign-2', 'campaign-2', 50)),
  ...['x1', 'x2', 'x3'].map((id) => label(id, '', 'ci')),
  label('x4', '', 'individual'),
];

function cluster(rank: number, level: Level, ids: readonly string[], total: number, attributed: number) {
  return {
    rank,
    id: `c-${rank}`,
    level,
    accounts: { count: ids.length, core: ids.length, ids },
    queries: { total, attributed, byDay: [], byModel: {} },
  };
}

const run: EvaluatedRun = {
  clusters: [
    cluster(1, 'high', ['a1', 'a2', 'a3', 'x4'], 500, 330),
    cluster(2, 'medium', ['x1', 'x2'], 70, 70),
    cluster(3, 'low', ['b1', 'x3', 'stranger'], 90, 40),
  ],
};

describe('evaluate', () => {
  it('counts accounts in clusters at or above the level, medium by default', () => {
    const { level, precision, recall, f1, falseAccounts } = evaluate(run, labels);
    expect([level, precision, recall, f1]).toEqual(['medium', 0.5, 0.5, 0.5]);
    expect(falseAccounts).toEqual({ ci: 2, individual: 1 });
  });

  it('moves with the level', () => {
    expect(evaluate(run, labels, 'high')).toMatchObject({ precision: 0.75, recall: 0.5, f1: 0.6 });
    expect(evaluate(run, labels, 'low')).toMatchObject({ precision: 4 / 9, recall: 4 / 6 });
  });

  it('finds the best cluster of each campaign, whatever its level', () => {
    expect(evaluate(run, labels).campaigns).toEqual([
      {
        name: 'campaign-1',
        accounts: 4,
        queries: 400,
        rank: 1,
        level: 'high',
        clusterAccounts: 4,
        precision: 0.75,
        recall: 0.75,
        clusterQueries: 500,
        attributedQueries: 330,
        countError: 330 / 400 - 1,
      },
      {
        name: 'campaign-2',
        accounts: 2,
        queries: 100,
        rank: 3,
        level: 'low',
        clusterAccounts: 3,
        precision: 1 / 3,
        recall: 0.5,
        clusterQueries: 90,
        attributedQueries: 40,
        countError: 40 / 100 - 1,
      },
    ]);
  });

  it('gives a campaign that nothing found no share of anything', () => {
    const [campaign] = evaluate({ clusters: [] }, labels).campaigns;
    expect(campaign).toMatchObject({ rank: null, level: null, precision: 0, recall: 0, clusterQueries: 0 });
    expect(campaign?.countError).toBe(-1);
  });

  it('says of each cluster of mostly honest accounts what they are', () => {
    const { falseClusters, falsePositives } = evaluate(run, labels);
    expect(falseClusters).toEqual({ high: 0, medium: 1, low: 1 });
    expect(falsePositives).toEqual([
      { rank: 2, id: 'c-2', level: 'medium', kinds: { ci: 2 } },
      { rank: 3, id: 'c-3', level: 'low', kinds: { 'campaign-2': 1, ci: 1, 'not labelled': 1 } },
    ]);
  });

  it('takes unflagged campaign accounts as alone in the Rand index', () => {
    // Flagged: {a1 a2 a3 x4} {x1 x2} {a4} {b1} {b2}; true: {a1..a4} {b1 b2} {x1} {x2} {x4}. 36 pairs: 7 in the first,
    // 7 in the second, 3 in both, so (3 - 49/36) / (7 - 49/36).
    expect(evaluate(run, labels).adjustedRandIndex).toBeCloseTo((3 - 49 / 36) / (7 - 49 / 36), 12);
  });

  it('finds nothing wrong with a run that flags nobody where nobody is guilty', () => {
    const honest = labels.filter((one) => one.label === '');
    expect(evaluate({ clusters: [] }, honest)).toMatchObject({ precision: 1, recall: 1, adjustedRandIndex: 1 });
  });
});

describe('renderEvaluation', () => {
  it('is plain text with each campaign and each false positive', () => {
    const text = renderEvaluation(evaluate(run, labels));
    expect(text).toContain('precision 0.5000, recall 0.5000, F1 0.5000');
    expect(text).toMatch(/campaign-1\s*│\s*1\s*│\s*high/);
    expect(text).toContain('rank 2, medium: ci: 2');
    expect(text).toContain('Flagged honest accounts: ci: 2, individual: 1');
    expect(text).not.toContain('\u001b');
  });

  it('shows hostile names escaped', () => {
    const text = renderEvaluation(evaluate({ clusters: [] }, [label('a', '\u001b[2J', 'x')]));
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\\u001b');
  });
});
