import { z } from 'zod';
import type { RunReport } from '../model/report.ts';
import { InputError } from '../util/errors.ts';

const family = z.enum(['identity', 'network', 'content', 'timing', 'shape']);
const share = z.number().min(0).max(1);
const whole = z.number().int().min(0);

const evidence = z.strictObject({
  detector: z.string(),
  family,
  strength: share.describe('0..1 within its family'),
  accounts: whole.describe('members it covers'),
  summary: z.string(),
  examples: z.array(z.string()).describe('the values most members share, raw from the log: hostile text'),
});

const cluster = z.strictObject({
  rank: z.number().int().min(1),
  id: z.string().regex(/^c-[0-9a-f]{12}$/),
  level: z.enum(['high', 'medium', 'low']),
  score: share,
  coordination: share.describe('is this one hidden actor?'),
  extraction: share.describe('does the traffic look like harvesting?'),
  expectedFalse: z.number().min(0).describe('clusters of this strength that chance alone gives in a run like this'),
  accounts: z.strictObject({ count: whole, core: whole, ids: z.array(z.string()) }),
  entities: whole.describe('members after declared entities are collapsed'),
  queries: z.strictObject({
    total: whole,
    attributed: whole.describe("queries that carry the cluster's evidence"),
    byDay: z.array(z.strictObject({ day: z.iso.date(), count: whole })),
    byModel: z.record(z.string(), whole),
  }),
  tokens: z.strictObject({ input: whole, output: whole }),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  targets: z.array(z.strictObject({ label: z.string(), share })),
  evidence: z.array(evidence),
  counterEvidence: z.array(z.string()),
  innocentCauses: z.array(z.string()),
  known: z
    .strictObject({
      by: z.enum(['baseline', 'suppression']),
      reason: z.string().optional(),
      until: z.iso.date().optional(),
    })
    .optional()
    .describe('no news: it does not count for --fail-on'),
});

/** The report's contract, version 1; `run-report.schema.json` is made from it. */
const runReport = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({ name: z.literal('stillhunt'), version: z.string(), configHash: z.string() }),
  redaction: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional()
    .describe('accounts, shared values and file names are aliases; tells their keys apart'),
  inputs: z.array(
    z.strictObject({ path: z.string(), format: z.string(), preset: z.string().nullable(), bytes: whole }),
  ),
  window: z.strictObject({ from: z.iso.datetime().nullable(), to: z.iso.datetime().nullable() }),
  totals: z.strictObject({
    rowsRead: whole.describe('rows used (one query each, unless rows are totals), rejected, duplicate and other ones'),
    queries: whole,
    accounts: whole,
    rejectedRows: whole,
    rejectedByReason: z.record(z.string(), whole),
    duplicateRows: whole,
    otherRows: whole.optional().describe('no calls of a model, such as top-ups or spans of tools'),
    suspectAccounts: whole,
    suspectQueries: whole,
  }),
  detectors: z.array(
    z.strictObject({
      id: z.string(),
      family,
      state: z.enum(['ran', 'skipped']),
      reason: z.string().optional(),
      links: whole,
    }),
  ),
  clusters: z.array(cluster),
});

/** JSON Schema (2020-12) of the report, as text. */
export function reportSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(runReport, { target: 'draft-2020-12' }), null, 2)}\n`;
}

/** A saved run. Throws `InputError` naming the first place where the text is not one. */
export function parseReport(text: string, path: string): RunReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${path}: not JSON`, 'name a run saved with -o run.json', cause);
  }
  const parsed = runReport.safeParse(value);
  if (parsed.success) return parsed.data as RunReport;
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw new InputError(`${path}: not a saved run (${place}: ${issue?.message})`, 'name a run saved with -o run.json');
}
