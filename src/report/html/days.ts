import { dayRange } from '../span.ts';

const dayMs = 86_400_000;

/** More days than this are shown by their first ones only: a page is no place for a century. */
const mostDays = 1500;

/** All days from the first to the last of two instants or days in UTC, as `2026-02-01`. */
export function daysBetween(first: string, last: string): string[] {
  const start = Date.parse(`${first.slice(0, 10)}T00:00:00Z`);
  const days = Math.round((Date.parse(`${last.slice(0, 10)}T00:00:00Z`) - start) / dayMs) + 1;
  return Array.from({ length: Math.min(days, mostDays) }, (_, day) => isoDay(start + day * dayMs));
}

export function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** `02 Feb` */
export function shortDay(day: string): string {
  return dayRange(day, day);
}
