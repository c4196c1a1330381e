import type { CanonicalColumn } from '../model/column.ts';

/** Columns that name nobody; whatever is in any other is shown as an alias. */
const harmless: ReadonlySet<CanonicalColumn> = new Set<CanonicalColumn>([
  'timestamp',
  'asn',
  'country',
  'user_agent',
  'account_created_at',
  'account_type',
  'account_status',
  'platform',
  'model',
  'endpoint',
  'status',
  'request_count',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'reasoning_tokens',
  'latency_ms',
  'ttft_ms',
  'max_tokens',
  'temperature',
  'stream',
]);

/** Gives each value of a column a name such as `account 1`, in the order in which they are asked for. */
export class Aliases {
  readonly #seen = new Map<string, Map<string, string>>();

  shown(column: CanonicalColumn, value: string): string {
    if (harmless.has(column)) return value;
    const kind = column.replace(/_(id|hash)$/, '').replaceAll('_', ' ');
    const seen = this.#seen.get(kind) ?? new Map<string, string>();
    this.#seen.set(kind, seen);
    const alias = seen.get(value) ?? `${kind} ${seen.size + 1}`;
    seen.set(value, alias);
    return alias;
  }
}
