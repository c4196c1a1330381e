const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** First and last day of two instants in UTC, such as `01 Oct – 28 Oct`; a single day stands alone. */
export function dayRange(firstIso: string, lastIso: string): string {
  const [first, last] = [day(firstIso), day(lastIso)];
  return first === last && firstIso.slice(0, 4) === lastIso.slice(0, 4) ? first : `${first} – ${last}`;
}

/** Calendar days in UTC from the first to the last of two instants, both counted. */
export function dayCount(firstIso: string, lastIso: string): number {
  const start = (iso: string) => Date.parse(`${iso.slice(0, 10)}T00:00:00Z`);
  return Math.round((start(lastIso) - start(firstIso)) / 86_400_000) + 1;
}

function day(iso: string): string {
  return `${iso.slice(8, 10)} ${months[Number(iso.slice(5, 7)) - 1] ?? '?'}`;
}
