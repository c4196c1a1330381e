/** Control, formatting and direction characters: they move the cursor, hide text or turn its direction round. */
const hostile = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text from a log, safe to print: what would act on a terminal is shown as an escape such as `\u202e` instead. */
export function escapeForTerminal(text: string): string {
  return text.replace(hostile, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** A cell for a spreadsheet: one that would be run as a formula starts with an apostrophe; quoted as RFC 4180 asks. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
