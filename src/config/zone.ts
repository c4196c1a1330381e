import { z } from 'zod';

/** An IANA name of a time zone. Offsets such as +02:00 are no zones: the engine does not know them. */
export const timeZone = z
  .string()
  .refine(isZone, 'no such time zone: expected an IANA name such as Europe/Berlin, or UTC')
  .transform((zone) => (zone.toUpperCase() === 'UTC' ? 'UTC' : zone));

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
