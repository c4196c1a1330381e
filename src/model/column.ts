/** The canonical columns of one call to a model, in their fixed order, each with the type it has after normalising. */
export const canonicalColumns = {
  timestamp: 'instant',
  account_id: 'text',
  org_id: 'text',
  api_key_id: 'text',
  end_user_id: 'text',
  session_id: 'text',
  request_id: 'text',
  ip: 'text',
  asn: 'text',
  country: 'text',
  user_agent: 'text',
  tls_fingerprint: 'text',
  payment_id: 'text',
  email_domain: 'text',
  account_created_at: 'instant',
  account_type: 'text',
  account_status: 'text',
  inviter_id: 'text',
  platform: 'text',
  model: 'text',
  endpoint: 'text',
  status: 'integer',
  input_tokens: 'integer',
  output_tokens: 'integer',
  cached_tokens: 'integer',
  reasoning_tokens: 'integer',
  latency_ms: 'number',
  ttft_ms: 'number',
  max_tokens: 'number',
  temperature: 'number',
  stream: 'text',
  request_count: 'integer',
  prompt: 'text',
  system_prompt: 'text',
  completion: 'text',
  tools: 'text',
  prompt_hash: 'text',
  system_prompt_hash: 'text',
  template_hash: 'text',
  tools_hash: 'text',
} as const;

export type CanonicalColumn = keyof typeof canonicalColumns;
export type ColumnType = (typeof canonicalColumns)[CanonicalColumn];

export function isCanonical(name: string): name is CanonicalColumn {
  return Object.hasOwn(canonicalColumns, name);
}

/** All canonical columns in their order. */
export const canonicalNames: readonly CanonicalColumn[] = Object.keys(canonicalColumns).filter(isCanonical);

/** Columns that describe the account rather than the call; they rarely change. */
export const identityColumns: readonly CanonicalColumn[] = [
  'org_id',
  'payment_id',
  'email_domain',
  'account_created_at',
  'account_type',
  'account_status',
  'inviter_id',
];

/** Columns that say how a call reached the service. */
export const connectionColumns: readonly CanonicalColumn[] = ['ip', 'asn', 'user_agent', 'tls_fingerprint'];

/** Columns that say what frame a call was put in: its standing instructions and tools. */
export const templateColumns: readonly CanonicalColumn[] = ['system_prompt_hash', 'template_hash', 'tools_hash'];

/** What people wrote, where the log has it: kept inside the engine for as long as the run lasts, and never handed out. */
export const promptColumns: readonly CanonicalColumn[] = ['prompt', 'system_prompt'];

/** Texts that exports write where they have nothing; compared in lower case, trimmed. A missing value links nobody. */
export const missingTexts: readonly string[] = [
  '',
  '-',
  '--',
  '?',
  'unknown',
  'none',
  'null',
  'nil',
  'nan',
  'na',
  'n/a',
  'undefined',
  '(null)',
  '(none)',
  'anonymous',
  '0.0.0.0',
  '::',
  '{}',
  '[]',
  '00000000-0000-0000-0000-000000000000',
];
