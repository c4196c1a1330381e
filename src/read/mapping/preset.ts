import { z } from 'zod';
import { type CanonicalColumn, canonicalColumns } from '../../model/column.ts';
import { grains } from '../../model/grain.ts';
import { type Expression, expression } from './expression.ts';

/** How far the facts of a preset were checked, the surest first. */
export const grades = {
  'real-data': 'read from real files',
  official: 'the documentation or schema of who makes the format',
  source: 'the code of who makes the format',
  'test-data': 'test records of a vendor that reads the format',
  'third-party': 'public code of others that agree with each other',
  unverified: 'partly from memory: check it against your own export',
  user: 'a file of your own',
} as const;

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): [Key, ...Key[]] =>
  Object.keys(record) as [Key, ...Key[]];

const canonical = z.enum(keysOf(canonicalColumns));
const test = z.string().min(1).describe('a path, or path=value');

/**
 * A format of exports. `columns` identify it: all of `required`, one of `any` where there are some, none of `absent`.
 * `account` lists what may count as the account, in the order in which the first that is there is taken unless `--account`
 * names one. `explode` are lists whose items are the rows, from the outside in; `calls` are conditions that a row has to meet
 * to be a call.
 */
export const presetSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/, 'expected lower case letters, digits, - and _'),
  title: z.string().min(1),
  grade: z.enum(keysOf(grades)),
  source: z.string().min(1).describe('where the facts come from'),
  grain: z.enum(keysOf(grains)),
  columns: z.strictObject({
    required: z.array(test).min(1),
    any: z.array(test).default([]),
    absent: z.array(test).default([]),
  }),
  explode: z.array(z.string().min(1)).default([]),
  calls: z
    .array(
      z.strictObject({
        value: expression,
        in: z.array(z.string()).optional().describe('without in and notIn: any value'),
        notIn: z.array(z.string()).optional(),
        otherwise: z.string().min(1).describe('why such a row is no call'),
      }),
    )
    .default([]),
  account: z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/, 'expected a short name in lower case'), expression),
  mapping: z.partialRecord(canonical.exclude(['account_id']), expression),
  tokens: z
    .strictObject({
      inputIncludesCached: z.boolean(),
      add: z.array(expression).default([]).describe('what to add to input_tokens so that it includes cached ones'),
    })
    .optional(),
  join: z
    .array(
      z.strictObject({
        preset: z.string(),
        on: expression.describe('in a row of this format'),
        equals: expression.describe('in a row of the other'),
        take: z.array(canonical).min(1),
      }),
    )
    .default([]),
  combine: z
    .strictObject({ by: canonical, order: expression })
    .optional()
    .describe('several rows make one call: those that agree in a column'),
  unsure: z.array(z.string()).default([]).describe('parts of the mapping that no source confirms'),
  notes: z.array(z.string()).default([]).describe('what the user should know'),
  refusal: z.string().min(1).optional().describe('why calls cannot be read from it alone, and what to do'),
});

export type Preset = z.infer<typeof presetSchema>;

/** The mapping of a preset with its account: the choice given, else the first of all that is there. */
export function mappingOf(preset: Preset, choice: string | undefined): ReadonlyMap<CanonicalColumn, Expression> {
  const chosen = choice === undefined ? undefined : preset.account[choice];
  const all = Object.values(preset.account);
  const mapping = new Map<CanonicalColumn, Expression>();
  if (chosen !== undefined) mapping.set('account_id', chosen);
  else if (all.length > 0) mapping.set('account_id', { first: all });
  for (const column of keysOf(canonicalColumns)) {
    const from = column === 'account_id' ? undefined : preset.mapping[column];
    if (from !== undefined) mapping.set(column, from);
  }
  const input = mapping.get('input_tokens');
  const added = preset.tokens?.add ?? [];
  if (input !== undefined && added.length > 0) mapping.set('input_tokens', { sum: [input, ...added] });
  return mapping;
}
