import type { ReportStyle } from '../report/reporter.ts';
import { dayRange } from '../report/span.ts';
import { count } from '../util/text.ts';

const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const nothing = '·';
const dayMs = 86_400_000;
const largestDigit = 9;
const indent = '    ';

interface Day {
  readonly day: string;
  readonly count: number;
}

/** Calls by day as a row of blocks with its peak; days are put together where there are more than fit. */
export function timeline(days: readonly Day[], { width }: Pick<ReportStyle, 'width'>): string[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const daily = everyDay(days, first.day, last.day);
  const daysPerBlock = Math.ceil(daily.length / Math.max(1, width - indent.length));
  const sums: number[] = [];
  daily.forEach((calls, position) => {
    const block = Math.floor(position / daysPerBlock);
    sums[block] = (sums[block] ?? 0) + calls;
  });
  const peak = days.reduce((most, day) => (day.count > most.count ? day : most), first);
  const unit = daysPerBlock === 1 ? '' : `, ${count(daysPerBlock, 'day')} a block`;
  return [
    `${indent}${sums.map((sum) => blockOf(sum, Math.max(...sums))).join('')}`,
    `${indent}${dayRange(first.day, last.day)}${unit}; most on ${dayRange(peak.day, peak.day)}: ${count(peak.count, 'query', 'queries')}`,
  ];
}

/** Digits of a run's exhibits, one a slot of the whole window, as blocks; slots are put together where there are too many. */
export function activityLine(digits: string, { width }: Pick<ReportStyle, 'width'>): string[] {
  if (digits === '') return [];
  const slotsPerBlock = Math.ceil(digits.length / Math.max(1, width - indent.length));
  const peaks: number[] = [];
  [...digits].forEach((digit, position) => {
    const block = Math.floor(position / slotsPerBlock);
    peaks[block] = Math.max(peaks[block] ?? 0, Number(digit));
  });
  return [`${indent}${peaks.map((peak) => blockOf(peak, largestDigit)).join('')}`];
}

/** Days without a call are not in the list, but they are part of the picture. */
function everyDay(days: readonly Day[], first: string, last: string): number[] {
  const calls = new Map(days.map(({ day, count: number }) => [day, number]));
  const [start, end] = [Date.parse(first), Date.parse(last)];
  return Array.from({ length: Math.round((end - start) / dayMs) + 1 }, (_, position) => {
    const day = new Date(start + position * dayMs).toISOString().slice(0, 10);
    return calls.get(day) ?? 0;
  });
}

function blockOf(value: number, most: number): string {
  if (value === 0) return nothing;
  return blocks[Math.max(0, Math.ceil((blocks.length * value) / most) - 1)] ?? nothing;
}
