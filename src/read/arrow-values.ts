import { DataType, DateUnit, type Decimal, type Timestamp, TimeUnit, type Vector } from 'apache-arrow';
import { textsOf } from '../engine/arrow-text.ts';

const unitsPerSecond: Readonly<Record<number, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};

/** The values of a column as texts that mean the same in any export: ISO 8601 times, plain decimals, JSON for what is nested. */
export function textsOfVector(vector: Vector): (string | null)[] {
  const { type } = vector;
  if (DataType.isUtf8(type)) return textsOf(vector);
  if (DataType.isTimestamp(type)) return timestampTexts(vector, type);
  const convert = converter(type);
  const texts: (string | null)[] = [];
  for (const value of vector) texts.push(value === null || value === undefined ? null : convert(value));
  return texts;
}

function converter(type: DataType): (value: unknown) => string | null {
  if (DataType.isDecimal(type)) return (value) => decimalText(value, type);
  if (DataType.isDate(type)) return (value) => isoDate(value, type.unit);
  if (DataType.isDictionary(type)) return converter(type.dictionary);
  if (DataType.isFloat(type)) return (value) => (Number.isFinite(value) ? String(value) : null);
  return (value) => (typeof value === 'object' ? JSON.stringify(jsonValue(value)) : String(value));
}

/** Straight from the integers, since the vector's own values are rounded to milliseconds. */
function timestampTexts(vector: Vector, type: Timestamp): (string | null)[] {
  const perSecond = unitsPerSecond[type.unit] ?? 1n;
  const zone = type.timezone === null || type.timezone === undefined || type.timezone === '' ? '' : 'Z';
  const digits = String(perSecond).length - 1;
  const texts: (string | null)[] = [];
  for (const data of vector.data) {
    for (let row = 0; row < data.length; row += 1) {
      const value: bigint = data.values[row];
      texts.push(data.getValid(row) ? instantText(value, perSecond, digits) + zone : null);
    }
  }
  return texts;
}

function instantText(value: bigint, perSecond: bigint, digits: number): string {
  const fraction = ((value % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((value - fraction) / perSecond) * 1000);
  if (Number.isNaN(date.getTime())) return String(value);
  const text = date.toISOString().slice(0, -5);
  return digits === 0 ? text : `${text}.${String(fraction).padStart(digits, '0')}`;
}

function isoDate(value: unknown, unit: DateUnit): string {
  const text = new Date(Number(value)).toISOString();
  return unit === DateUnit.DAY ? text.slice(0, 10) : text;
}

/** Little-endian words of a two's complement number, with `scale` digits after the point. */
function decimalText(words: unknown, { scale }: Decimal): string | null {
  if (!(words instanceof Uint32Array)) return null;
  const bits = BigInt(words.length * 32);
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(Number(bits), unsigned);
  if (scale <= 0) return String(value * 10n ** BigInt(-scale));
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Any value of a row as a JSON value. */
export function jsonValue(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'object') return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return jsonValue(value.toJSON());
  if (Symbol.iterator in value && typeof value[Symbol.iterator] === 'function')
    return Array.from(value as Iterable<unknown>, jsonValue);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, jsonValue(inner)]));
}
