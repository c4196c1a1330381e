import type { TimeAxis } from '../model/exhibits.ts';

const mostSlots = 72;

/** Lengths that days or weeks are whole multiples of, or the other way round. */
const slotLengthsHours = [1, 2, 3, 4, 6, 8, 12, 24, 48, 168];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The shortest slots of which 72 reach over all calls; beyond 72 weeks whole weeks as long as it takes. */
export function timeAxis(firstMs: number, lastMs: number): TimeAxis {
  const startMs = Math.floor(firstMs / dayMs) * dayMs;
  const hours = Math.floor((lastMs - startMs) / hourMs) + 1;
  const weeks = Math.ceil(hours / mostSlots / 168);
  const slotHours = slotLengthsHours.find((length) => Math.ceil(hours / length) <= mostSlots) ?? weeks * 168;
  return { from: new Date(startMs).toISOString(), slotHours, slots: Math.ceil(hours / slotHours) };
}
