import { describe, expect, it } from 'vitest';
import { localTime, minuteRange } from '../../src/report/local-time.ts';
import { dayCount, dayRange, offsetsOf } from '../../src/report/span.ts';

describe('an instant in a zone', () => {
  it.each([
    ['UTC', { day: '2026-03-29', minute: '00:30', offset: 'UTC' }],
    ['Europe/Berlin', { day: '2026-03-29', minute: '01:30', offset: '+01:00' }],
    ['Asia/Kolkata', { day: '2026-03-29', minute: '06:00', offset: '+05:30' }],
    ['America/Los_Angeles', { day: '2026-03-28', minute: '17:30', offset: '-07:00' }],
    ['Africa/Abidjan', { day: '2026-03-29', minute: '00:30', offset: '+00:00' }],
  ])('%s', (zone, expected) => expect(localTime('2026-03-29T00:30:00.000Z', zone)).toEqual(expected));

  it('names both offsets where clocks change between two of them', () => {
    const [first, last] = ['2026-03-28T12:00:00.000Z', '2026-03-29T12:00:00.000Z'];
    expect(minuteRange(first, last, 'Europe/Berlin')).toBe('2026-03-28 13:00 +01:00 to 2026-03-29 14:00 +02:00');
    expect(minuteRange(first, last)).toBe('2026-03-28 12:00 to 2026-03-29 12:00 UTC');
    expect(offsetsOf([{ firstSeen: first, lastSeen: last }], 'Europe/Berlin')).toBe('+01:00, +02:00');
  });
});

describe('a span of days', () => {
  const [first, last] = ['2026-02-01T23:30:00.000Z', '2026-02-02T22:00:00.000Z'];

  it('is of the days of the zone', () => {
    expect([dayRange(first, last), dayCount(first, last)]).toEqual(['01 Feb – 02 Feb', 2]);
    expect([dayRange(first, last, 'Europe/Berlin'), dayCount(first, last, 'Europe/Berlin')]).toEqual(['02 Feb', 1]);
  });

  it('leaves days that were counted in UTC alone', () =>
    expect(dayRange('2026-02-01', '2026-02-02', 'America/Los_Angeles')).toBe('01 Feb – 02 Feb'));
});
