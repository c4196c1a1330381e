import { createHmac } from 'node:crypto';
import type { Table } from 'apache-arrow';
import type { RunReport } from '../model/report.ts';
import { csvCell } from '../util/escape.ts';
import { isAtLeast } from '../util/level.ts';

/** Kinds of value that mean the same to another provider; others are numbers of this log or words of this tool. */
const sharedKinds = new Set([
  'ip',
  'payment_id',
  'email_domain',
  'tls_fingerprint',
  'user_agent',
  'system_prompt_hash',
  'template_hash',
  'tools_hash',
  'prompt_hash',
]);

interface Indicator {
  readonly kind: string;
  readonly hash: string;
  readonly clusterId: string;
  readonly members: number;
  readonly others: number;
}

/**
 * What ties clusters of level `medium` and above together, as CSV with salted hashes, for providers who have the same salt:
 * HMAC-SHA-256 with the salt as its key over the kind, a newline and the value in lower case without blanks around it.
 * `evidence` has the rows of `ScanResult.evidence` as the log spells them; `shownIds` turns cluster ids into those shown.
 */
export function indicatorsCsv(
  report: RunReport,
  evidence: Table,
  salt: Uint8Array,
  shownIds: ReadonlyMap<string, string>,
): string {
  const shared = new Set(report.clusters.filter(({ level }) => isAtLeast(level, 'medium')).map(({ id }) => id));
  const rows = [...indicatorsOf(evidence, salt, shared).values()].map(({ kind, hash, clusterId, members, others }) => [
    kind,
    hash,
    shownIds.get(clusterId) ?? clusterId,
    members,
    others,
  ]);
  const head = ['kind', 'hash', 'cluster_id', 'members', 'others'];
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

function indicatorsOf(evidence: Table, salt: Uint8Array, clusters: ReadonlySet<string>): Map<string, Indicator> {
  const indicators = new Map<string, Indicator>();
  for (const { cluster_id: clusterId, value, role } of evidence) {
    const [kind = ''] = value.split(':', 1);
    if (!clusters.has(clusterId) || !sharedKinds.has(kind)) continue;
    const key = `${clusterId} ${value}`;
    const hash = indicators.get(key)?.hash ?? hashOf(kind, value.slice(kind.length + 1), salt);
    const { members = 0, others = 0 } = indicators.get(key) ?? {};
    const isMember = role !== 'none';
    indicators.set(key, {
      kind,
      hash,
      clusterId,
      members: members + (isMember ? 1 : 0),
      others: others + (isMember ? 0 : 1),
    });
  }
  return indicators;
}

function hashOf(kind: string, text: string, salt: Uint8Array): string {
  return createHmac('sha256', salt).update(`${kind}\n${text.trim().toLowerCase()}`).digest('hex');
}
