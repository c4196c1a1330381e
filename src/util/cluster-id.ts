import { createHash } from 'node:crypto';

/** The id of a cluster: `c-` and 12 hexadecimal digits of the SHA-256 of the sorted ids of its accounts. */
export function clusterId(accountIds: readonly string[]): string {
  const sorted = [...accountIds].sort();
  return `c-${createHash('sha256').update(sorted.join('\n')).digest('hex').slice(0, 12)}`;
}
