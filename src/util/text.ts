const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number as people read it: two digits below ten, else whole with thousands grouped. */
export function rounded(value: number): string {
  return Math.abs(value) < 9.95 ? String(Number(value.toPrecision(2))) : count(value);
}

/** A whole number with thousands grouped, and its noun in the right form: `1 card`, `1,200 cards`. */
export function count(value: number, singular?: string, plural = `${singular}s`): string {
  const text = grouped.format(value);
  if (singular === undefined) return text;
  return `${text} ${Math.round(value) === 1 ? singular : plural}`;
}

/** A name without case, spaces, punctuation and the zone that some portals put behind a time, to compare it with others. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/ \[utc\]$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
