import type { Period } from '../model/config.ts';
import { UsageError } from '../util/errors.ts';

const dayMs = 86_400_000;
const unitSeconds: Readonly<Record<string, number>> = { d: 86_400, h: 3_600 };

interface PeriodOptions {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly last?: string | undefined;
}

/** The time to look at. A day given as the end counts whole. Throws `UsageError` where a time cannot be read or none is left. */
export function parsePeriod({ since, until, last }: PeriodOptions): Period {
  if (last !== undefined && since !== undefined)
    throw new UsageError('--last and --since both say where to begin', 'leave one of them out');
  const sinceMs = since === undefined ? undefined : instant('--since', since);
  const untilMs = until === undefined ? undefined : instant('--until', until) + (isDay(until) ? dayMs : 0);
  if (sinceMs !== undefined && untilMs !== undefined && sinceMs >= untilMs)
    throw new UsageError(`--since ${since} is not before --until ${until}`, 'give the earlier time to --since');
  return {
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
    ...(last === undefined ? {} : { lastSeconds: duration(last) }),
  };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

/** Times without an offset are UTC. */
function instant(flag: string, text: string): number {
  const hasOffset = isDay(text) || /(?:Z|[+-]\d\d:?\d\d)$/i.test(text);
  const isIso = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?$/i.test(text);
  const milliseconds = isIso ? Date.parse(hasOffset ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw new UsageError(`${flag} ${text}: no time`, 'give a day such as 2026-03-01, or 2026-03-01T12:00Z');
  return milliseconds;
}

function duration(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([dh])$/.exec(text) ?? [];
  const seconds = Number(number) * (unitSeconds[unit] ?? 0);
  if (seconds > 0) return seconds;
  throw new UsageError(`--last ${text}: no length of time`, 'give days or hours, such as 30d or 12h');
}
