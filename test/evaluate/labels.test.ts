import { describe, expect, it } from 'vitest';
import { readLabels } from '../../src/evaluate/labels.ts';
import { InputError } from '../../src/util/errors.ts';

describe('readLabels', () => {
  it('reads all columns', () => {
    expect(readLabels('account_id,label,kind,queries\na,campaign-1,relay,12\nb,,individual,0\n', 'l.csv')).toEqual([
      { accountId: 'a', label: 'campaign-1', kind: 'relay', queries: 12 },
      { accountId: 'b', label: '', kind: 'individual', queries: 0 },
    ]);
  });

  it('does without kind and queries', () => {
    expect(readLabels('account_id,label\na,x\n', 'l.csv')).toEqual([
      { accountId: 'a', label: 'x', kind: '', queries: 0 },
    ]);
  });

  const broken = [
    ['account_id,label,kind,queries\na,,,0\nb,,,many\n', 'l.csv, line 3, column queries'],
    ['account_id,label,kind,queries\na,,,-1\n', 'l.csv, line 2, column queries'],
    ['account_id,label\na,x\n,y\n', 'l.csv, line 3, column account_id'],
    ['account_id,label\na,x\na,y\n', 'l.csv, line 3, column account_id'],
    ['account_id,name\na,x\n', 'l.csv, line 1: no column label among account_id, name'],
    ['account_id,label\na,x,y\n', 'l.csv, line 2'],
  ] as const;

  for (const [text, place] of broken) {
    it(`says where: ${place} of ${JSON.stringify(text)}`, () => {
      expect(() => readLabels(text, 'l.csv')).toThrow(InputError);
      expect(() => readLabels(text, 'l.csv')).toThrow(place);
    });
  }
});
