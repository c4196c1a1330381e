/** Control, formatting and direction characters: they move the cursor, hide text or turn its direction round. */
const hostile = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A text from a log, safe to print: what would act on a terminal is shown as an escape such as `\u202e` instead. */
export function escapeForTerminal(text: string): string {
  return text.replace(hostile, (character) => `\\u${hexadecimal(character.codePointAt(0) ?? 0)}`);
}

/**
 * The same, inside JSON text: what JSON itself would leave as it is becomes an escape that stands for the same character,
 * so that nothing is lost and nothing acts on a terminal.
 */
export function escapeInJson(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, (character) =>
    [...Array(character.length).keys()].map((unit) => `\\u${hexadecimal(character.charCodeAt(unit))}`).join(''),
  );
}

function hexadecimal(code: number): string {
  return code.toString(16).padStart(4, '0');
}

/** A first character that makes a spreadsheet take a cell for a formula, wide forms and what it skips before it included. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/**
 * A cell for a spreadsheet: one that would be run as a formula starts with an apostrophe; quoted as RFC 4180 asks, and
 * around semicolons and tabs too, since some spreadsheets split there.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
