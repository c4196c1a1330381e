import type { RawTable } from '../util/small-table.ts';
import { plainName } from '../util/text.ts';

/** Header names that say it, compared without case, spaces and punctuation. */
const secretName =
  /passw(or)?d|passphrase|^pwd$|secret|^(access|refresh|auth|session|bearer|id|api)?token$|privatekey|credential|^cookie|sessioncookie|^otp|totp|mfa|recoverycode|card(number|no|num)$|^pan$|^(cvv|cvc)2?$|^iban$|^ssn$/;

/** Texts of well-known kinds of keys: of API vendors and clouds, JSON web tokens, private keys, password hashes. */
const secretText =
  /^(sk|pk|rk)[-_][A-Za-z0-9_-]{16,}|^(ghp|gho|ghs|glpat|xox[abp])[-_][A-Za-z0-9_-]{16,}|^AKIA[A-Z0-9]{16}$|^AIza[A-Za-z0-9_-]{30,}|^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.|-----BEGIN|^\$(2[aby]|argon2i?d?)\$/;

/** The table without the columns that hold secrets, and why each of these was dropped, in the order of the columns. */
export function dropSecrets(table: RawTable): { table: RawTable; dropped: Map<string, string> } {
  const dropped = new Map<string, string>();
  const kept: number[] = [];
  for (const [position, name] of table.header.entries()) {
    const reason = secretReason(
      name,
      table.records.map(({ cells }) => cells[position] ?? ''),
    );
    if (reason === undefined) kept.push(position);
    else dropped.set(name, reason);
  }
  const pick = (cells: readonly string[]) => kept.map((position) => cells[position] ?? '');
  const records = table.records.map(({ line, cells }) => ({ line, cells: pick(cells) }));
  return { table: { ...table, header: pick(table.header), records }, dropped };
}

/** Why a column must not come in, or undefined. One key is enough; digits that look like card numbers may be chance. */
function secretReason(name: string, cells: readonly string[]): string | undefined {
  if (secretName.test(plainName(name))) return 'its name says that it holds secrets';
  const filled = cells.filter((cell) => cell !== '');
  if (filled.some((cell) => secretText.test(cell))) return 'it holds keys or passwords';
  const cards = filled.filter(isCardNumber).length;
  return cards > 0 && cards * 2 >= filled.length ? 'it holds card numbers' : undefined;
}

/** Thirteen to nineteen digits of a card network whose check digit is right (ISO/IEC 7812-1, the Luhn algorithm). */
export function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (!/^[2-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
