import { describe, expect, it } from 'vitest';
import { parsePeriod } from '../../src/config/period.ts';

const ms = (iso: string): number => Date.parse(iso);

describe('a period', () => {
  it.each([
    [{}, {}],
    [{ since: '2026-03-01' }, { sinceMs: ms('2026-03-01T00:00:00Z') }],
    [{ since: '2026-03-01T12:00' }, { sinceMs: ms('2026-03-01T12:00:00Z') }],
    [{ since: '2026-03-01 12:00:30+02:00' }, { sinceMs: ms('2026-03-01T10:00:30Z') }],
    [{ until: '2026-03-31' }, { untilMs: ms('2026-04-01T00:00:00Z') }],
    [{ until: '2026-03-31T06:00Z' }, { untilMs: ms('2026-03-31T06:00:00Z') }],
    [{ last: '30d' }, { lastSeconds: 2_592_000 }],
    [
      { last: '12h', until: '2026-03-31' },
      { lastSeconds: 43_200, untilMs: ms('2026-04-01T00:00:00Z') },
    ],
  ])('%j', (options, expected) => expect(parsePeriod(options)).toEqual(expected));

  it.each([
    [{ since: 'yesterday' }, /--since yesterday: no time/],
    [{ until: '2026-13-01' }, /--until 2026-13-01: no time/],
    [{ last: '30' }, /--last 30: no length of time/],
    [{ last: '0d' }, /--last 0d/],
    [{ last: '1d', since: '2026-03-01' }, /both say where to begin/],
    [{ since: '2026-03-02', until: '2026-03-01' }, /is not before/],
  ])('%j is refused', (options, message) => expect(() => parsePeriod(options)).toThrow(message));
});
