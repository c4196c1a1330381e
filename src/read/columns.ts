import { type CanonicalColumn, canonicalNames } from '../model/column.ts';
import { ConfigError, InputError } from '../util/errors.ts';
import { nearest } from '../util/nearest.ts';
import { plainName } from '../util/text.ts';

/** Names that exports use for a canonical column, most telling first; compared without case, spaces and punctuation. */
const aliases: Readonly<Partial<Record<CanonicalColumn, readonly string[]>>> = {
  timestamp: [
    'time',
    'ts',
    'datetime',
    'event_time',
    'request_time',
    'start_time',
    'started_at',
    'created_at',
    'request_created_at',
    'logged_at',
    'date',
  ],
  account_id: ['account', 'customer_id', 'customer', 'billing_account_id', 'user_id', 'user', 'client_id'],
  org_id: ['organization_id', 'organisation_id', 'org', 'organization', 'team_id', 'tenant_id', 'workspace_id'],
  api_key_id: ['api_key', 'key_id', 'token_id', 'api_key_hash', 'virtual_key'],
  end_user_id: ['end_user', 'safety_identifier'],
  session_id: ['session', 'conversation_id', 'trace_id'],
  request_id: ['req_id', 'generation_id', 'call_id'],
  ip: ['ip_address', 'client_ip', 'remote_addr', 'remote_ip', 'source_ip', 'caller_ip_address', 'requester_ip_address'],
  asn: ['as_number', 'autonomous_system_number'],
  country: ['country_code', 'geo_country'],
  user_agent: ['useragent', 'ua', 'sdk'],
  tls_fingerprint: ['ja4', 'ja3', 'tls_fp'],
  payment_id: [
    'payment_fingerprint',
    'payment_fp',
    'card_fingerprint',
    'payment_method_id',
    'payment_method',
    'stripe_customer',
  ],
  email_domain: ['mail_domain'],
  account_created_at: ['signup_time', 'signup_at', 'registered_at', 'account_created'],
  account_type: ['plan', 'tier', 'account_plan'],
  account_status: ['user_status'],
  platform: ['cloud', 'channel'],
  model: ['model_name', 'model_id', 'ai_model', 'request_model'],
  endpoint: ['operation', 'call_type', 'route', 'api_method', 'request_path'],
  status: ['status_code', 'http_status', 'response_status', 'response_status_code'],
  input_tokens: ['prompt_tokens', 'tokens_in', 'context_tokens', 'input_token_count', 'request_tokens'],
  output_tokens: ['completion_tokens', 'tokens_out', 'generated_tokens', 'output_token_count', 'response_tokens'],
  cached_tokens: ['cache_read_tokens', 'cached_input_tokens', 'cache_read_input_tokens', 'prompt_cache_read_tokens'],
  reasoning_tokens: ['thinking_tokens', 'output_reasoning_tokens'],
  latency_ms: ['latency', 'duration_ms', 'elapsed_ms'],
  ttft_ms: ['time_to_first_token_ms', 'time_to_first_token', 'ttft'],
  prompt_hash: ['prompt_sha256', 'content_hash', 'message_hash'],
  system_prompt_hash: ['system_hash', 'sys_prompt_hash'],
  template_hash: ['template_id', 'prompt_template_hash', 'prompt_template_id'],
  tools_hash: ['tool_hash', 'toolset_hash'],
};

/** Source column of each canonical column. */
export type Mapping = ReadonlyMap<CanonicalColumn, string>;

/**
 * Finds the source column of each canonical column but those in `settled`: by its own name, else by the first alias that is
 * there, unless `ownNamesOnly`. A source column that was found once is not taken again.
 */
export function mapColumns(
  sources: readonly string[],
  settled: ReadonlySet<CanonicalColumn>,
  ownNamesOnly = false,
): Mapping {
  const mapping = new Map<CanonicalColumn, string>();
  const used = new Set<string>();
  const own = (name: CanonicalColumn): readonly string[] => [name];
  const others = (name: CanonicalColumn): readonly string[] => aliases[name] ?? [];
  for (const spellings of ownNamesOnly ? [own] : [own, others]) {
    for (const canonical of canonicalNames) {
      if (settled.has(canonical) || mapping.has(canonical)) continue;
      const unused = sources.filter((source) => !used.has(source));
      const source = spellings(canonical)
        .map((name) => findColumn(unused, name))
        .find((name) => name !== undefined);
      if (source === undefined) continue;
      mapping.set(canonical, source);
      used.add(source);
    }
  }
  return mapping;
}

/** The column of this very name, else the first that differs in case, spaces and punctuation only. */
function findColumn(sources: readonly string[], wanted: string): string | undefined {
  if (sources.includes(wanted)) return wanted;
  const plainWanted = plainName(wanted);
  return sources.find((source) => plainName(source) === plainWanted);
}

/** Aliases of a column that was found that are there too and were passed over, for a note to the user. */
export function passedOver(sources: readonly string[], mapping: Mapping, canonical: CanonicalColumn): string[] {
  const used = new Set(mapping.values());
  const known = new Set([canonical, ...(aliases[canonical] ?? [])].map(plainName));
  return sources.filter((source) => !used.has(source) && known.has(plainName(source)));
}

/** Throws `ConfigError` where `--map` names a column, or a path into one, that none of the inputs has. */
export function requireMapped(
  map: Mapping,
  isThere: (wanted: string) => boolean,
  sources: readonly string[],
  path: string,
): void {
  for (const [canonical, wanted] of map) {
    if (isThere(wanted)) continue;
    const suggestion = nearest(wanted, sources);
    const question = suggestion === undefined ? '' : `did you mean ${suggestion}? `;
    throw new ConfigError(
      `--map ${canonical}=${wanted}: ${path} has no column ${wanted}`,
      `${question}it has: ${listed(sources)}`,
    );
  }
}

/** Throws `InputError` where the two columns that every scan needs are not there. */
export function requireColumns(
  isMapped: (canonical: CanonicalColumn) => boolean,
  sources: readonly string[],
  path: string,
  resemblance = '',
): void {
  for (const [canonical, what] of [
    ['account_id', 'account'],
    ['timestamp', 'time'],
  ] as const) {
    if (isMapped(canonical)) continue;
    throw new InputError(
      `${path}: no column for the ${what} among ${listed(sources)}`,
      `${resemblance}say which it is with --map ${canonical}=COLUMN`,
    );
  }
}

function listed(sources: readonly string[]): string {
  return sources.slice(0, 20).join(', ') + (sources.length > 20 ? ', ...' : '');
}
