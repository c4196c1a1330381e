import { createHmac } from 'node:crypto';

/** Names for what must not be shown: the same for the same text and key, and of no use without the key (HMAC-SHA-256). */
export interface Aliases {
  /** Tells keys apart without giving them away, 8 hexadecimal digits. */
  readonly fingerprint: string;
  readonly account: (id: string) => string;
  readonly request: (id: string) => string;
  /** Of a shared value `kind:text`; the kind stays, since it comes from the detector and not from the log. */
  readonly value: (value: string) => string;
  /** Of a file name; its extensions stay. */
  readonly path: (path: string) => string;
}

/** 64 bits: among a million names, two have one alias with a chance of 3 in 100 million. */
const aliasDigits = 16;

const extensions = /(?:\.(?:csv|tsv|txt|log|json|jsonl|ndjson|parquet|arrow|gz|zst))+$/i;

export function aliasesOf(key: Uint8Array): Aliases {
  const digits = (kind: string, text: string, length: number): string =>
    createHmac('sha256', key).update(`${kind}\n${text}`).digest('hex').slice(0, length);
  return {
    fingerprint: digits('fingerprint', '', 8),
    account: (id) => `account-${digits('account', id, aliasDigits)}`,
    request: (id) => `request-${digits('request', id, aliasDigits)}`,
    value: (value) => {
      const [prefix = '', kind = 'value'] = /^([a-z][a-z0-9_]{0,39}):/.exec(value) ?? [];
      return `${prefix}${kind}-${digits(kind, value.slice(prefix.length), aliasDigits)}`;
    },
    path: (path) => `input-${digits('path', path, aliasDigits)}${extensions.exec(path)?.[0] ?? ''}`,
  };
}
