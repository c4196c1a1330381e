import { localTime } from './local-time.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What has a first and a last moment: ISO 8601 in UTC. */
interface Lasting {
  readonly firstSeen: string;
  readonly lastSeen: string;
}

/** First and last day, such as `01 Oct – 28 Oct`; a single day stands alone. Instants are shown in `zone`, days stay as they are. */
export function dayRange(first: string, last: string, zone?: string): string {
  const [start, end] = [dayOf(first, zone), dayOf(last, zone)];
  return start === end ? short(start) : `${short(start)} – ${short(end)}`;
}

/** Calendar days from the first to the last, both counted. */
export function dayCount(first: string, last: string, zone?: string): number {
  const start = (iso: string) => Date.parse(`${dayOf(iso, zone)}T00:00:00Z`);
  return Math.round((start(last) - start(first)) / 86_400_000) + 1;
}

/** What the days of these spans are days of: `UTC`, or the offsets from it that a zone has then. */
export function offsetsOf(spans: readonly Lasting[], zone?: string): string {
  const instants = spans.flatMap(({ firstSeen, lastSeen }) => [firstSeen, lastSeen]);
  const offsets = instants.map((instant) => localTime(instant, zone).offset);
  return [...new Set(offsets)].sort().join(', ') || 'UTC';
}

function dayOf(iso: string, zone?: string): string {
  return iso.length > 10 ? localTime(iso, zone).day : iso;
}

function short(day: string): string {
  return `${day.slice(8, 10)} ${months[Number(day.slice(5, 7)) - 1] ?? '?'}`;
}
