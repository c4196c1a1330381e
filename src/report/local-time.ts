/** An instant as clocks of a zone show it. */
export interface LocalTime {
  /** `2026-02-02` */
  readonly day: string;
  /** `23:58` */
  readonly minute: string;
  /** From UTC, `+01:00`; `UTC` in UTC itself. */
  readonly offset: string;
}

/** `iso` is an instant in UTC; `zone` an IANA name. */
export function localTime(iso: string, zone = 'UTC'): LocalTime {
  if (zone === 'UTC') return { day: iso.slice(0, 10), minute: iso.slice(11, 16), offset: 'UTC' };
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(Date.parse(iso)).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    day: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    minute: `${part('hour')}:${part('minute')}`,
    offset: part('timeZoneName').replace('GMT', '') || '+00:00',
  };
}

/** Two instants to the minute, with the offset that holds at each. */
export function minuteRange(first: string, last: string, zone?: string): string {
  const [start, end] = [localTime(first, zone), localTime(last, zone)];
  const offsets = start.offset === end.offset ? ['', end.offset] : [` ${start.offset}`, end.offset];
  return `${start.day} ${start.minute}${offsets[0]} to ${end.day} ${end.minute} ${offsets[1]}`;
}
