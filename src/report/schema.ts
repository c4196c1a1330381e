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

const dayCounts = z.array(z.strictObject({ day: z.iso.date(), count: whole }));
const byHourOfDay = z.array(whole).max(24).describe('calls in each hour of the day UTC');
const activity = z
  .string()
  .regex(/^[0-9]*$/)
  .describe('one digit a slot, in proportion to the square root of its calls: 0 none, 9 the busiest');
const tokens = z
  .strictObject({ firstBin: whole, counts: z.array(whole) })
  .describe('calls by tokens; bin b holds those with 2^(b/2) <= 1 + tokens < 2^((b+1)/2)');

const population = z.strictObject({
  byDay: dayCounts,
  byHourOfDay,
  axis: z.strictObject({ from: z.iso.datetime(), slotHours: z.number().int().min(1), slots: whole }),
  activity,
  releases: z
    .array(z.strictObject({ model: z.string(), day: z.iso.date() }))
    .describe('models that were not used at all before, and then much'),
  inputTokens: tokens.optional(),
  outputTokens: tokens.optional(),
});

const exhibits = z.strictObject({
  byHourOfDay,
  activity: activity.describe('of all members together'),
  inputTokens: tokens.optional(),
  outputTokens: tokens.optional(),
  lastRefusals: dayCounts
    .optional()
    .describe('members whose last call was refused (401 or 403), by the day of that call'),
  members: z.array(
    z.strictObject({
      id: z.string(),
      role: z.enum(['core', 'fringe']),
      queries: whole,
      attributed: whole,
      activity: activity.describe('on one scale for all members'),
      requests: z.array(z.string()).optional().describe('ids of some of its requests, raw from the log: hostile text'),
    }),
  ),
  values: z.array(
    z.strictObject({
      detector: z.string(),
      text: z.string().describe('raw from the log: hostile text'),
      accounts: whole.describe('members that use it'),
      outsiders: whole.describe('accounts outside that use it'),
      use: z
        .string()
        .regex(/^[0-9]*$/)
        .describe('one digit for each of members: the square root of the share of its queries that carry the value'),
    }),
  ),
});

const shares = z.array(z.strictObject({ label: z.string(), share }));

const cluster = z.strictObject({
  rank: z.number().int().min(1),
  id: z.string().regex(/^c-[0-9a-f]{12}$/),
  level: z.enum(['high', 'medium', 'low']),
  score: share,
  coordination: share.describe('is this one hidden actor?'),
  extraction: share.describe('does the traffic look like harvesting?'),
  expectedFalse: z.number().min(0).describe('clusters of this strength that chance alone gives in a run like this'),
  accounts: z.strictObject({
    count: whole,
    core: whole,
    ids: z.array(z.string()),
    odds: z
      .strictObject({ prior: z.number(), families: z.partialRecord(family, z.array(z.number())) })
      .optional()
      .describe('ln(odds) of membership, nats: the prior, and what each family adds for each of ids'),
  }),
  entities: whole.describe('members after declared entities are collapsed'),
  queries: z.strictObject({
    total: whole,
    lower: whole.optional().describe("queries that carry the strictest evidence: at least these are the campaign's"),
    attributed: whole.describe("queries that most likely are the campaign's; at most total are"),
    byDay: dayCounts,
    byModel: z.record(z.string(), whole),
  }),
  tokens: z.strictObject({ input: whole, output: whole }),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  asked: z
    .strictObject({
      prompts: whole.describe('prompts of the cluster that were looked at'),
      capabilities: shares,
      labels: shares.describe('ways of harvesting; they describe and never accuse'),
      examples: z.array(z.string()).optional().describe('raw prompts; only with --show-text'),
    })
    .optional()
    .describe('what a sample of its own prompts asked for; only where the log has prompts'),
  targets: shares,
  evidence: z.array(evidence),
  counterEvidence: z.array(z.string()),
  innocentCauses: z.array(z.string()),
  exhibits: exhibits.optional().describe('what pictures need; only for the first clusters of a run'),
  known: z
    .strictObject({
      by: z.enum(['baseline', 'suppression']),
      reason: z.string().optional(),
      until: z.iso.date().optional(),
    })
    .optional()
    .describe('no news: it does not count for --fail-on'),
  campaign: z
    .strictObject({ ranks: z.array(z.number().int().min(1)), accounts: whole, queries: whole })
    .optional()
    .describe('all parts of the campaign that the cluster is one part of'),
});

/** The report's contract, version 1; `run-report.schema.json` is made from it. */
const runReport = z.strictObject({
  schemaVersion: z.literal(1),
  tool: z.strictObject({
    name: z.literal('stillhunt'),
    version: z.string(),
    configHash: z.string().regex(/^[0-9a-f]{12}$/),
  }),
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
    duplicateRowsBy: z
      .record(z.string(), whole)
      .optional()
      .describe('by what told that two rows are one call: request_id or whole row'),
    otherRows: whole
      .optional()
      .describe('no calls of a model, such as top-ups or spans of tools, or outside the time asked for'),
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
  population: population.optional().describe('what the whole log looks like, to hold clusters against'),
  clusters: z.array(cluster),
  exitCode: z.literal([0, 1, 3]).optional().describe('how the program that wrote the report ended'),
  exitReason: z.string().optional(),
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
