/** A span of time that a file covers, or several files together; both ends belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The spans that two files or more cover, in order and apart from each other. Files that only touch, one beginning in the
 * instant in which another ends, do not overlap there: a log that was cut in two is no overlap.
 */
export function overlaps(files: readonly Span[]): Span[] {
  const long = files.filter(({ from, to }) => from < to);
  const instants = files.filter(({ from, to }) => from === to).map(({ from }) => from);
  const starts = countOf(long.map(({ from }) => from));
  const ends = countOf(long.map(({ to }) => to));
  const points = countOf(instants);
  const found: Span[] = [];
  let active = 0;
  let previous = Number.NaN;
  for (const time of [...new Set([...starts.keys(), ...ends.keys(), ...points.keys()])].sort((a, b) => a - b)) {
    if (active >= 2) add(found, { from: previous, to: time });
    active -= ends.get(time) ?? 0;
    const files = points.get(time) ?? 0;
    if (files >= 2 || (files === 1 && active > 0)) add(found, { from: time, to: time });
    active += starts.get(time) ?? 0;
    previous = time;
  }
  return found;
}

function add(spans: Span[], next: Span): void {
  const last = spans.at(-1);
  if (last !== undefined && last.to >= next.from) spans[spans.length - 1] = { from: last.from, to: next.to };
  else spans.push(next);
}

function countOf(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
